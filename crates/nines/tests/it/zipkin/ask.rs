//! Cases as data: what is posted, what is asked, what must come back; and the server they are asked of.
//!
//! Texts of a case hold words that are different in each case, so that one server hosts many:
//!
//! | word | stands for |
//! |---|---|
//! | `@t1` … `@t9` | a trace id of 32 digits; `@low1` … its last 16 |
//! | `@n` | what names of this case end with |
//! | `@us` `@ms` | a moment some minutes ago, in microseconds and milliseconds; `@us+5`, `@ms-1` |
//! | `@ids` `@at` `@front` `@back` | `"traceId":"@t1","id":"1"`, a timestamp, a local and a remote endpoint |
//!
//! With `NINES_CONFORMANCE_URL=http://HOST:PORT` the cases are asked of that server instead, a Zipkin for
//! one; what we answer differently on purpose is then left out.

use super::wire::{Reply, send};
use crate::process::{Server, now_us};
use std::time::{Duration, Instant};

/// How long another server may take to show what it was sent: Zipkin answers before it stores.
const SHOWS_WITHIN: Duration = Duration::from_secs(3);

/// What must come back.
#[derive(Clone, Copy, Debug)]
pub enum Says {
    /// This status and exactly this text.
    Text(u16, &'static str),
    /// 200 and these traces, by the numbers of their words, in this order.
    Traces(&'static str),
}

/// One case.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub name: &'static str,
    pub post: &'static str,
    pub ask: &'static str,
    pub says: Says,
    is_ours: bool,
}

/// Asks `ask` of what other cases left.
pub const fn get(name: &'static str, ask: &'static str, status: u16, text: &'static str) -> Case {
    Case { name, post: "", ask, says: Says::Text(status, text), is_ours: false }
}

/// Posts spans, then asks.
pub const fn round(name: &'static str, post: &'static str, ask: &'static str, text: &'static str) -> Case {
    Case { name, post, ask, says: Says::Text(200, text), is_ours: false }
}

/// Posts spans, then searches.
pub const fn find(name: &'static str, post: &'static str, ask: &'static str, traces: &'static str) -> Case {
    Case { name, post, ask, says: Says::Traces(traces), is_ours: false }
}

impl Case {
    /// The same case, where we differ from Zipkin on purpose.
    pub const fn ours(self) -> Case {
        Case { is_ours: true, ..self }
    }

    /// The same case with a status of its own.
    pub const fn status(self, status: u16) -> Case {
        let says = match self.says {
            Says::Text(_, text) => Says::Text(status, text),
            Says::Traces(traces) => Says::Traces(traces),
        };
        Case { says, ..self }
    }
}

/// A server that cases are asked of.
pub struct Host {
    authority: String,
    /// Ours, where it is ours, and the folder it keeps its data in.
    own: Option<(Server, tempfile::TempDir)>,
    base_us: u64,
}

impl Host {
    /// Ours with these settings, or the one that the environment names: then its settings are its own.
    pub fn start(settings: &[&str]) -> Host {
        let base_us = now_us() / 1000 * 1000 - 600_000_000;
        if let Ok(url) = std::env::var("NINES_CONFORMANCE_URL") {
            return Host { authority: url.trim_start_matches("http://").to_owned(), own: None, base_us };
        }
        Host::start_ours(settings)
    }

    /// Ours, whatever the environment says.
    pub fn start_ours(settings: &[&str]) -> Host {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::start(&folder.path().join("data"), settings);
        let authority = server.url.trim_start_matches("http://").to_owned();
        Host { authority, own: Some((server, folder)), base_us: now_us() / 1000 * 1000 - 600_000_000 }
    }

    pub fn is_ours(&self) -> bool {
        self.own.is_some()
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        send(&self.authority, method, path, headers, body)
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    /// Posts JSON v2, which must be taken.
    pub fn post(&self, body: &str) {
        let reply = self.send("POST", "/api/v2/spans", &[("content-type", "application/json")], body.as_bytes());
        assert_eq!((reply.status, reply.text().as_str()), (202, ""), "{body}");
    }

    /// Asks again where spans may show later than they were taken.
    pub fn until<T>(&self, mut ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
        let deadline = Instant::now() + SHOWS_WITHIN;
        loop {
            match ask() {
                Err(_) if !self.is_ours() && Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                outcome => return outcome,
            }
        }
    }

    /// Every case; all that fail are told, not only the first.
    pub fn check(&self, cases: &[Case]) {
        let asked = cases.iter().filter(|case| self.is_ours() || !case.is_ours);
        let failures: Vec<String> = asked.filter_map(|case| self.check_one(case).err()).collect();
        assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
    }

    fn check_one(&self, case: &Case) -> Result<(), String> {
        let words = Words::fresh(self.base_us);
        if !case.post.is_empty() {
            self.post(&words.fill(case.post));
        }
        let path = words.fill(case.ask);
        self.until(|| {
            let reply = self.get(&path);
            let text = reply.text();
            let is_right = match case.says {
                Says::Text(status, wanted) => reply.status == status && text == words.fill(wanted),
                Says::Traces(wanted) => reply.status == 200 && words.traces_in(&text) == wanted,
            };
            if is_right { Ok(()) } else { Err(told(case, &words, &path, reply.status, &text)) }
        })
    }
}

fn told(case: &Case, words: &Words, path: &str, status: u16, text: &str) -> String {
    let (wanted, got) = match case.says {
        Says::Text(status, wanted) => (format!("{status} {}", words.fill(wanted)), text.to_owned()),
        Says::Traces(wanted) => (format!("traces {wanted}"), format!("traces {} of {text}", words.traces_in(text))),
    };
    format!("- {}: {path}\n    wanted {wanted}\n    got    {status} {got}", case.name)
}

/// What the words of one case stand for.
pub struct Words {
    base_us: u64,
    seed: u64,
}

impl Words {
    /// Words that no other case has.
    pub fn fresh(base_us: u64) -> Words {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NTH: AtomicU64 = AtomicU64::new(0);
        // The clock tells runs against one server apart, the count the cases of a run.
        let milliseconds = (now_us() / 1000) & 0xff_ffff;
        let seed = (milliseconds << 16) | (NTH.fetch_add(1, Ordering::Relaxed) & 0xffff);
        Words { base_us, seed }
    }

    fn low(&self, nth: u64) -> String {
        format!("{:016x}", 0x5a00_0000_0000_0000 | (self.seed << 8) | nth)
    }

    /// What names end with.
    pub fn suffix(&self) -> String {
        format!("{:x}", self.seed)
    }

    /// The text with every word replaced.
    pub fn fill(&self, text: &str) -> String {
        let mut pieces = text.split('@');
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let letters = piece.bytes().take_while(u8::is_ascii_lowercase).count();
            let (word, rest) = piece.split_at(letters);
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let nth: u64 = rest[..digits].parse().unwrap_or(1);
            match word {
                "t" => filled.push_str(&format!("463ac35c9f6413ad{}{}", self.low(nth), &rest[digits..])),
                "low" => filled.push_str(&format!("{}{}", self.low(nth), &rest[digits..])),
                "n" => filled.push_str(&format!("{}{rest}", self.suffix())),
                "us" => filled.push_str(&moved(self.base_us, rest)),
                "ms" => filled.push_str(&moved(self.base_us / 1000, rest)),
                "ids" => filled.push_str(&self.fill(&format!("\"traceId\":\"@t1\",\"id\":\"1\"{rest}"))),
                "at" => filled.push_str(&self.fill(&format!("\"timestamp\":@us{rest}"))),
                "front" => {
                    filled.push_str(&format!("\"localEndpoint\":{{\"serviceName\":\"front-{}\"}}{rest}", self.suffix()))
                }
                "back" => {
                    filled.push_str(&format!("\"remoteEndpoint\":{{\"serviceName\":\"back-{}\"}}{rest}", self.suffix()))
                }
                _ => panic!("there is no word @{word} in {text}"),
            }
        }
        filled
    }

    /// The numbers of the traces in an answer, in their order.
    fn traces_in(&self, text: &str) -> String {
        let Ok(traces) = serde_json::from_str::<Vec<Vec<serde_json::Value>>>(text) else { return text.to_owned() };
        let number = |spans: &Vec<serde_json::Value>| {
            let id = spans[0]["traceId"].as_str().unwrap_or_default().to_owned();
            let nth = (1..=9).find(|nth| id.ends_with(&self.low(*nth)));
            nth.map_or(id, |nth| nth.to_string())
        };
        traces.iter().map(number).collect::<Vec<_>>().join(" ")
    }
}

/// `+5` or `-1` before the rest of a text, added to a moment.
fn moved(moment: u64, rest: &str) -> String {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let signed = rest.strip_prefix(['+', '-']).filter(|text| digits(text) > 0);
    let Some(text) = signed else { return format!("{moment}{rest}") };
    let (by, after) = text.split_at(digits(text));
    let by: u64 = by.parse().expect("a number");
    format!("{}{after}", if rest.starts_with('+') { moment + by } else { moment - by })
}
