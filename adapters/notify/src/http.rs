//! Posting: one client with a guard over addresses, and what an answer means.

use crate::address::{is_of_a_network, is_public};
use crate::sink::SendError;
use crate::target::{TargetFault, Wanted};
use std::fmt::Write as _;
use std::net::IpAddr;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// An endpoint that has not answered by then is as good as down.
const ANSWER_SECONDS_MAX: u64 = 10;

/// Of an answer, what is kept to tell why.
const ANSWER_BYTES_MAX: u64 = 4096;

/// Characters of it that are told.
const TOLD_CHARS_MAX: usize = 200;

/// Longest wait that an endpoint may ask for: a wrong number must not silence an alert.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(15 * 60);

/// What other servers see.
const USER_AGENT: &str = concat!("nines/", env!("CARGO_PKG_VERSION"));

/// A client for one target.
#[derive(Debug)]
pub(crate) struct Http {
    agent: ureq::Agent,
}

/// Which addresses a client may connect to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// Those of the public internet.
    Public,
    /// Those of one's own networks too, but not what only a host itself has: see [`crate::address::is_of_a_network`].
    Networks,
    /// Any.
    Any,
}

impl Reach {
    /// By what a configuration says.
    pub fn of(allow_private: bool) -> Reach {
        if allow_private { Reach::Any } else { Reach::Public }
    }

    fn allows(self, address: IpAddr) -> bool {
        match self {
            Reach::Public => is_public(address),
            Reach::Networks => is_of_a_network(address),
            Reach::Any => true,
        }
    }

    /// What is told of an address that is refused.
    fn refusal(self) -> &'static str {
        if self == Reach::Networks { REFUSED_OF_HOST } else { REFUSED }
    }
}

/// Looks names up, and takes only addresses that may be told.
#[derive(Debug)]
struct Guard {
    names: DefaultNames,
    reach: Reach,
}

struct DefaultNames(DefaultResolver);

impl std::fmt::Debug for DefaultNames {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("names")
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.0.resolve(uri, config, timeout)?;
        let mut taken = self.empty();
        found.iter().filter(|at| self.reach.allows(at.ip())).for_each(|at| taken.push(*at));
        if taken.is_empty() {
            let refused = std::io::Error::new(std::io::ErrorKind::PermissionDenied, self.reach.refusal());
            return Err(ureq::Error::Io(refused));
        }
        Ok(taken)
    }
}

/// What is told of an address that may not be.
pub(crate) const REFUSED: &str = "not an address of the public internet; `allow_private = true` permits it";

const REFUSED_OF_HOST: &str = "an address that only the host itself has, such as those of cloud metadata";

impl Http {
    /// A client; redirects are not followed, since nobody configured where they lead.
    pub fn new(reach: Reach) -> Http {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(ANSWER_SECONDS_MAX)))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(USER_AGENT)
            .proxy(None)
            .build();
        let guard = Guard { names: DefaultNames(DefaultResolver::default()), reach };
        Http { agent: ureq::Agent::with_parts(config, DefaultConnector::default(), guard) }
    }

    /// Posts JSON. The address is not part of what is told: it may be a secret.
    pub fn post(&self, url: &str, headers: &[(&str, &str)], body: &str) -> Result<(), SendError> {
        self.post_bytes(url, &[&[("content-type", "application/json")], headers].concat(), body.as_bytes())
    }

    /// Posts what the headers say it is, likewise.
    pub fn post_bytes(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<(), SendError> {
        let mut request = self.agent.post(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.send(body).map_err(|error| SendError::later(unreachable(&error)))?;
        let status = response.status().as_u16();
        if (200..300).contains(&status) {
            return Ok(());
        }
        let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let retry_after = header.and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
        let text = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).lossy_utf8(true).read_to_string();
        let text: String = text.unwrap_or_default().trim().chars().take(TOLD_CHARS_MAX).collect();
        let reason = if text.is_empty() { format!("status {status}") } else { format!("status {status}: {text}") };
        Err(match status {
            408 | 425 | 429 | 500..=599 => {
                SendError::Later { reason, after: retry_after.map(|after| after.min(RETRY_AFTER_MAX)) }
            }
            _ => SendError::Never { reason },
        })
    }
}

/// Why a question has no answer, in words without the address.
#[derive(Debug)]
pub(crate) enum AskError {
    /// None came.
    NoAnswer(String),
    /// It is larger than is read.
    TooLarge { bytes_max: u64 },
}

impl std::fmt::Display for AskError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AskError::NoAnswer(reason) => out.write_str(reason),
            AskError::TooLarge { bytes_max } => write!(out, "its answer is larger than {} MiB", bytes_max >> 20),
        }
    }
}

/// What was answered to a question.
pub(crate) struct Answered {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Http {
    /// Asks by GET, or by POST where there is a form. An answer of any status is one.
    pub fn ask(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        form: Option<&str>,
        bytes_max: u64,
    ) -> Result<Answered, AskError> {
        let response = match form {
            None => {
                let asked =
                    headers.iter().fold(self.agent.get(url), |asked, (name, value)| asked.header(*name, *value));
                asked.call()
            }
            Some(form) => {
                let asked = self.agent.post(url).header("content-type", "application/x-www-form-urlencoded");
                headers.iter().fold(asked, |asked, (name, value)| asked.header(*name, *value)).send(form.as_bytes())
            }
        };
        let mut response = response.map_err(|error| AskError::NoAnswer(unreachable(&error)))?;
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(bytes_max).read_to_vec();
        let body = body.map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => AskError::TooLarge { bytes_max },
            other => AskError::NoAnswer(unreachable(&other)),
        })?;
        Ok(Answered { status, body })
    }
}

/// A text as a part of an address or a form.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// An error in words without the address.
fn unreachable(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::HostNotFound => "its name is not known".to_owned(),
        ureq::Error::Timeout(_) => format!("no answer within {ANSWER_SECONDS_MAX} s"),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        ureq::Error::Rustls(error) => format!("TLS: {error}"),
        _ => "the request could not be sent".to_owned(),
    }
}

/// An `http` or `https` address with a host; where its path is empty, with `path`.
pub(crate) fn checked_url(url: &str, path: &str) -> Result<String, TargetFault> {
    let fault = TargetFault::BadUrl(Wanted::HttpUrl);
    let uri: Uri = url.parse().map_err(|_| fault.clone())?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    if !is_http || uri.host().is_none_or(str::is_empty) {
        return Err(fault);
    }
    let is_bare = uri.path().trim_end_matches('/').is_empty() && uri.query().is_none();
    Ok(if is_bare { format!("{}{path}", url.trim_end_matches('/')) } else { url.to_owned() })
}
