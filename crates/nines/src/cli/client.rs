//! Asking: a server over HTTP, or a data directory that no server holds through the very same router.

use super::error::{Exit, Trouble};
use crate::messages::Say;
use crate::server::Server;
use nines_base::Lang;
use nines_base::lang::Message;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

/// Longest wait for an answer: the server's own query limit with a margin.
const ANSWER_SECONDS_MAX: u64 = 30;

/// Longest wait for a connection.
const CONNECT_SECONDS_MAX: u64 = 5;

/// Largest answer read: a trace of a hundred thousand spans is some 10 MB.
const ANSWER_BYTES_MAX: u64 = 256 << 20;

/// Something that answers requests of the HTTP API.
pub struct Client {
    lang: Lang,
    target: Target,
}

enum Target {
    Http { agent: ureq::Agent, base: String, token: Option<String> },
    Local { runtime: tokio::runtime::Runtime, server: Box<Server> },
}

/// An answer of any status.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The JSON body.
    pub body: Value,
}

impl Client {
    /// A client of a server.
    pub fn on_server(server: &str, token_file: Option<&Path>, lang: Lang) -> Result<Client, Trouble> {
        if !server.starts_with("http://") {
            return Err(Trouble::new(lang, Say::OnlyHttp { server: server.to_owned() }, Say::OnlyHttpHint));
        }
        let token = match token_file {
            Some(file) => Some(read_token(file, lang)?),
            None => std::env::var("NINES_TOKEN").ok(),
        };
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(CONNECT_SECONDS_MAX)))
            .timeout_global(Some(Duration::from_secs(ANSWER_SECONDS_MAX)))
            .http_status_as_error(false)
            .build();
        let base = server.trim_end_matches('/').to_owned();
        Ok(Client { lang, target: Target::Http { agent: config.into(), base, token } })
    }

    /// A client of a data directory.
    pub fn on_data(data: &Path, lang: Lang) -> Result<Client, Trouble> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Trouble::internal(lang, &error.into()))?;
        let server = Server::open_for_reading(data, lang)?;
        Ok(Client { lang, target: Target::Local { runtime, server: Box::new(server) } })
    }

    /// `GET` whose answer must be a success.
    pub fn get(&self, path: &str) -> Result<Value, Trouble> {
        let answer = self.ask(path)?;
        if answer.status < 300 {
            return Ok(answer.body);
        }
        Err(self.refused(&answer))
    }

    /// `GET` of bytes; `None` where there is nothing at that path.
    pub fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let (status, bytes) = match &self.target {
            Target::Http { agent, base, token, .. } => {
                self.fetch(agent.get(format!("{base}{path}")), &format!("{base}{path}"), token.as_deref())?
            }
            Target::Local { runtime, server } => runtime.block_on(server.ask(path, self.lang)),
        };
        match status {
            404 => Ok(None),
            status if status < 300 => Ok(Some(bytes)),
            status => Err(self.refused(&self.read(path, status, &bytes)?)),
        }
    }

    /// `POST` without a body to a server; only one over HTTP takes it.
    pub fn post(&self, path: &str) -> Result<Answer, Trouble> {
        self.send(path, &[])
    }

    /// `POST` of JSON to a server.
    pub fn post_json(&self, path: &str, body: &Value) -> Result<Answer, Trouble> {
        self.send(path, body.to_string().as_bytes())
    }

    /// `POST` of JSON to a server, or into the data directory.
    pub fn write_json(&self, path: &str, body: &Value) -> Result<Answer, Trouble> {
        match &self.target {
            Target::Http { .. } => self.post_json(path, body),
            Target::Local { runtime, server } => {
                let (status, bytes) = runtime.block_on(server.send(path, body.to_string().as_bytes(), self.lang));
                self.read(path, status, &bytes)
            }
        }
    }

    fn send(&self, path: &str, body: &[u8]) -> Result<Answer, Trouble> {
        let Target::Http { agent, base, token, .. } = &self.target else {
            return Err(Trouble::new(self.lang, Say::NeedsServer, Say::NeedsServerHint));
        };
        let url = format!("{base}{path}");
        let mut request = agent.post(&url).header("content-type", "application/json");
        request = request.header("accept-language", self.lang.tag());
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let response = request.send(body).map_err(|error| self.unreachable(&url, &error))?;
        let (status, bytes) = self.body(response, &url)?;
        self.read(&url, status, &bytes)
    }

    /// `GET` of any status.
    pub fn ask(&self, path: &str) -> Result<Answer, Trouble> {
        match &self.target {
            Target::Http { agent, base, token, .. } => self.ask_http(agent, &format!("{base}{path}"), token.as_deref()),
            Target::Local { runtime, server } => {
                let (status, bytes) = runtime.block_on(server.ask(path, self.lang));
                self.read(path, status, &bytes)
            }
        }
    }

    /// The trouble that an answer of failure is.
    pub fn refused(&self, answer: &Answer) -> Trouble {
        let text = |name: &str| answer.body.get(name).and_then(Value::as_str).map(str::to_owned);
        let detail = text("detail").or_else(|| text("title")).unwrap_or_default();
        Trouble {
            exit: Exit::Trouble,
            place: None,
            fact: if answer.status >= 500 {
                Say::ServerSaid { status: answer.status, detail }.text(self.lang)
            } else {
                detail
            },
            hint: text("hint"),
        }
    }

    fn ask_http(&self, agent: &ureq::Agent, url: &str, token: Option<&str>) -> Result<Answer, Trouble> {
        let (status, bytes) = self.fetch(agent.get(url).header("accept", "application/json"), url, token)?;
        self.read(url, status, &bytes)
    }

    fn fetch(
        &self,
        request: ureq::RequestBuilder<ureq::typestate::WithoutBody>,
        url: &str,
        token: Option<&str>,
    ) -> Result<(u16, Vec<u8>), Trouble> {
        let mut request = request.header("accept-language", self.lang.tag());
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let response = request.call().map_err(|error| self.unreachable(url, &error))?;
        self.body(response, url)
    }

    fn body(&self, mut response: ureq::http::Response<ureq::Body>, url: &str) -> Result<(u16, Vec<u8>), Trouble> {
        let status = response.status().as_u16();
        let bytes = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec();
        Ok((status, bytes.map_err(|error| self.unreachable(url, &error))?))
    }

    fn read(&self, url: &str, status: u16, bytes: &[u8]) -> Result<Answer, Trouble> {
        match serde_json::from_slice(bytes) {
            Ok(body) => Ok(Answer { status, body }),
            Err(_) => {
                let fact = Say::UnexpectedAnswer { url: url.to_owned(), status };
                Err(Trouble::new(self.lang, fact, Say::UnexpectedAnswerHint))
            }
        }
    }

    fn unreachable(&self, url: &str, error: &ureq::Error) -> Trouble {
        let server = url.split("/api/").next().unwrap_or(url).to_owned();
        Trouble::new(self.lang, Say::Unreachable { server, reason: error.to_string() }, Say::UnreachableHint)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Target::Local { server, .. } = &self.target {
            server.close_reading();
        }
    }
}

fn read_token(file: &Path, lang: Lang) -> Result<String, Trouble> {
    std::fs::read_to_string(file).map(|text| text.trim().to_owned()).map_err(|error| {
        let fact = Say::CannotRead { path: file.display().to_string(), reason: error.to_string() };
        Trouble::new(lang, fact, Say::CannotReadHint)
    })
}

/// Escapes a text for a query string.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(byte as char),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
