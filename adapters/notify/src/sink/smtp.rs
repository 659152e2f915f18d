//! E-mail: one message for each thing that happened, threaded by episode.
//!
//! `smtp://HOST:PORT` takes TLS where the server offers it, and demands it where there is a password to send;
//! `smtps://HOST:PORT` begins with it.

use super::{SendError, Sink};
use crate::address::is_public;
use crate::http::REFUSED;
use crate::notice::{Notice, PolicyState, rfc3339};
use crate::target::{Secret, Target, TargetFault, Wanted};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Message, SmtpTransport, Transport};
use nines_base::Timestamp;
use std::fmt;
use std::net::ToSocketAddrs;
use std::time::{Duration, UNIX_EPOCH};

/// A server that has not answered by then is as good as down.
const ANSWER_MAX: Duration = Duration::from_secs(10);

/// Ports of submission and of SMTP inside TLS.
const PORT: u16 = 587;
const TLS_PORT: u16 = 465;

/// The domain of our message ids: a name that nobody has.
const ID_DOMAIN: &str = "nines.invalid";

/// A mail server with who writes to whom.
pub struct Smtp {
    host: String,
    port: u16,
    transport: SmtpTransport,
    from: Mailbox,
    to: Vec<Mailbox>,
    allow_private: bool,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "smtp {}:{}", self.host, self.port)
    }
}

impl Smtp {
    /// From a target: the server in `urls`, `from`, `to`, and in `key_file` perhaps `USER:PASSWORD`.
    pub fn of(target: &Target) -> Result<Smtp, TargetFault> {
        let url = target.url()?.ok_or(TargetFault::NoUrl)?;
        let (is_tls, host, port) = read_url(url).ok_or(TargetFault::BadUrl(Wanted::SmtpUrl))?;
        let from = target.from.as_deref().and_then(|from| from.parse().ok()).ok_or(TargetFault::BadMailbox("from"))?;
        let to: Result<Vec<Mailbox>, _> = target.to.iter().map(|to| to.parse()).collect();
        let to = to.ok().filter(|to| !to.is_empty()).ok_or(TargetFault::BadMailbox("to"))?;
        let parameters = TlsParameters::new(host.clone()).map_err(|_| TargetFault::BadUrl(Wanted::NamedHost))?;
        let tls = match (is_tls, &target.key) {
            (true, _) => Tls::Wrapper(parameters),
            (false, Some(_)) => Tls::Required(parameters),
            (false, None) => Tls::Opportunistic(parameters),
        };
        let mut builder = SmtpTransport::builder_dangerous(&host)
            .port(port)
            .tls(tls)
            .timeout(Some(ANSWER_MAX))
            .hello_name(ClientId::Domain("nines".to_owned()));
        if let Some(key) = &target.key {
            let credentials = read_key(key).ok_or(TargetFault::BadKey(Wanted::UserPassword))?;
            builder = builder.credentials(credentials);
        }
        Ok(Smtp { host, port, transport: builder.build(), from, to, allow_private: target.allow_private })
    }

    fn message(&self, notice: &Notice, now: Timestamp) -> Result<Message, lettre::error::Error> {
        let thread = format!("<{}@{ID_DOMAIN}>", notice.episode);
        let mut message = Message::builder()
            .from(self.from.clone())
            .subject(subject(notice))
            .date(UNIX_EPOCH + Duration::from_micros(u64::try_from(now.0).unwrap_or_default()))
            .message_id(Some(format!("<{}@{ID_DOMAIN}>", notice.key)))
            .references(thread.clone())
            .in_reply_to(thread);
        for to in &self.to {
            message = message.to(to.clone());
        }
        // With its character set and an encoding that every server passes on: sentences may be Korean.
        message.singlepart(SinglePart::plain(text(notice)))
    }

    /// Refuses what may not be told. The name is looked up again to connect: a name that changes between the two
    /// is the one gap that is left here, and only a mailbox is behind it.
    fn check_address(&self) -> Result<(), SendError> {
        if self.allow_private {
            return Ok(());
        }
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let mut found = (host, self.port).to_socket_addrs().map_err(|error| SendError::later(error.to_string()))?;
        if found.all(|at| is_public(at.ip())) { Ok(()) } else { Err(SendError::later(REFUSED)) }
    }
}

impl Sink for Smtp {
    fn send(&self, notice: &Notice, now: Timestamp) -> Result<(), SendError> {
        self.check_address()?;
        let message =
            self.message(notice, now).map_err(|error| SendError::Never { reason: format!("message: {error}") })?;
        match self.transport.send(&message) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(SendError::Never { reason: error.to_string() }),
            Err(error) => Err(SendError::later(error.to_string())),
        }
    }
}

fn subject(notice: &Notice) -> String {
    format!("[{}] {}", notice.happened.word().to_uppercase(), notice.text)
}

fn text(notice: &Notice) -> String {
    let about = match &notice.state {
        Some(PolicyState { policy, state, .. }) => [format!("policy: {policy}"), format!("state: {state}")],
        None => [format!("SLO: {}", notice.name), format!("severity: {}", notice.severity)],
    };
    let mut lines = vec![notice.text.clone(), String::new(), format!("service: {}", notice.service)];
    lines.extend(about);
    lines.extend([format!("since: {}", rfc3339(notice.started)), format!("episode: {}", notice.episode)]);
    if !notice.page.is_empty() {
        lines.push(notice.page.clone());
    }
    lines.join("\r\n") + "\r\n"
}

/// Whether TLS comes first, host and port.
fn read_url(url: &str) -> Option<(bool, String, u16)> {
    let (is_tls, rest) = match url.split_once("://")? {
        ("smtp", rest) => (false, rest),
        ("smtps", rest) => (true, rest),
        _ => return None,
    };
    let rest = rest.trim_end_matches('/');
    let default = if is_tls { TLS_PORT } else { PORT };
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (rest, default),
    };
    let is_host = !host.is_empty() && !host.contains(['/', '@', '?']);
    is_host.then(|| (is_tls, host.to_owned(), port))
}

fn read_key(key: &Secret) -> Option<Credentials> {
    let (user, password) = key.expose().split_once(':')?;
    (!user.is_empty()).then(|| Credentials::new(user.to_owned(), password.to_owned()))
}
