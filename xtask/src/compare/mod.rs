//! The same traces posted to the real Zipkin server and to nines, and every question of Zipkin's API asked of both:
//! answers must be equal once put into one order.
//!
//! Zipkin is the published jar with memory storage. The traces are made by seed and have what real ones have and
//! more: halves that share an id and children that do not, lost parents and roots, ids of both lengths, messages,
//! loops, spans without kind, time or service, repeats, names in upper case and in Hangul.

mod answers;
mod corpus;
mod questions;

use crate::load::chance::Chance;
use crate::load::http::Connection;
use crate::load::usage;
use crate::options::Options;
use crate::server::{self, Server};
use crate::zipkin::{self, Zipkin};
use answers::canonical;
use corpus::Corpus;
use questions::{Asked, Question};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

/// Spans of a message.
const SPANS_PER_MESSAGE: usize = 100;
/// Heap of a Zipkin that holds twenty thousand spans.
const HEAP: &str = "-Xmx600m";
/// Zipkin answers what it acknowledged a moment later.
const VISIBLE_AFTER: Duration = Duration::from_secs(2);
/// Differences that are printed.
const SHOWN_MAX: usize = 12;

/// Runs it from the command line; `Ok(false)` where answers differ.
pub fn command(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--traces", "--seed", "--profile"])?;
    let binary = server::build(options.text("--profile").unwrap_or("dev"))?;
    let data = std::env::temp_dir().join(format!("nines-compare-{}", std::process::id()));
    let compared = run(&binary, &data, options.count("--traces", 2_000)? as usize, options.count("--seed", 1)?);
    std::fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    let compared = compared?;
    compared.shown.iter().for_each(|difference| println!("{difference}\n"));
    println!(
        "compare: {} spans; {} questions, {} of them with an answer; {} answers differ",
        compared.n_spans, compared.n_asked, compared.n_with_answer, compared.n_different
    );
    Ok(compared.n_different == 0)
}

/// What came of a comparison.
pub struct Compared {
    /// Spans posted to each.
    pub n_spans: usize,
    /// Questions asked of each.
    pub n_asked: usize,
    /// Questions of which the answers have something in them.
    pub n_with_answer: usize,
    /// How many answers differ, and the first of them in words.
    pub n_different: usize,
    /// The first of them in words.
    pub shown: Vec<String>,
}

/// Posts `n_traces` to both and asks both. `binary` is nines.
pub fn run(binary: &Path, data: &Path, n_traces: usize, seed: u64) -> Result<Compared, String> {
    let package = zipkin::fetch(None)?;
    let real = Zipkin::start(&package, HEAP)?;
    let ours = Server::start(binary, "serve", data, &["--otlp-http", "off", "--otlp-grpc", "off"])?;
    let mut chance = Chance::new(seed);
    let corpus = Corpus::make(n_traces, usage::now_us(), &mut chance);
    for address in [real.address, ours.address] {
        post(address, &corpus)?;
    }
    std::thread::sleep(VISIBLE_AFTER);
    let mut asker =
        Asker { theirs: Kept::open(real.address)?, ours: Kept::open(ours.address)?, compared: Compared::new(&corpus) };
    for question in questions::all(&corpus, &mut chance) {
        asker.ask(&question)?;
    }
    Ok(asker.compared)
}

fn open(address: SocketAddr) -> Result<Connection, String> {
    Connection::open(address).map_err(|error| format!("{address}: {error}"))
}

fn post(address: SocketAddr, corpus: &Corpus) -> Result<(), String> {
    let mut connection = open(address)?;
    for message in corpus.spans.chunks(SPANS_PER_MESSAGE) {
        let body = serde_json::to_string(message).map_err(|error| error.to_string())?;
        let answer = connection.post("/api/v2/spans", "application/json", body.as_bytes());
        match answer.map_err(|error| format!("{address}: {error}"))? {
            (202, _) => {}
            (status, text) => {
                return Err(format!("{address} answers {status} to spans: {}", String::from_utf8_lossy(text)));
            }
        }
    }
    Ok(())
}

impl Compared {
    fn new(corpus: &Corpus) -> Compared {
        Compared { n_spans: corpus.spans.len(), n_asked: 0, n_with_answer: 0, n_different: 0, shown: Vec::new() }
    }
}

/// Asks both servers.
struct Asker {
    theirs: Kept,
    ours: Kept,
    compared: Compared,
}

impl Asker {
    fn ask(&mut self, question: &Question) -> Result<(), String> {
        let theirs = self.theirs.answer(question).map_err(|why| format!("Zipkin: {why}"))?;
        let ours = self.ours.answer(question).map_err(|why| format!("nines: {why}"))?;
        self.compared.n_asked += 1;
        self.compared.n_with_answer += usize::from(theirs.has_something());
        if theirs != ours {
            self.compared.n_different += 1;
            if self.compared.shown.len() < SHOWN_MAX {
                self.compared.shown.push(theirs.difference(&ours, &question.path));
            }
        }
        Ok(())
    }
}

/// A connection that is opened again when the server ended it, as Zipkin's does now and then.
struct Kept {
    address: SocketAddr,
    connection: Connection,
}

impl Kept {
    fn open(address: SocketAddr) -> Result<Kept, String> {
        Ok(Kept { address, connection: open(address)? })
    }

    fn answer(&mut self, question: &Question) -> Result<Asked, String> {
        if let Ok(asked) = ask(&mut self.connection, question) {
            return Ok(asked);
        }
        self.connection = open(self.address)?;
        ask(&mut self.connection, question).map_err(|error| format!("{}: {error}", question.path))
    }
}

fn ask(connection: &mut Connection, question: &Question) -> std::io::Result<Asked> {
    let (status, body) = connection.get(&question.path)?;
    Ok(Asked { status, value: canonical(body) })
}
