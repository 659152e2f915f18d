//! `cargo xtask bench size`: bytes a span on disk, by section and by tag.
//!
//! A store is filled with whole rounds of a corpus and stopped, so that everything is in blocks, and started
//! again to say what its files hold.

use super::limits::{Limit, says, short};
use super::query::Store;
use super::rig::{Rig, json_number};
use crate::load::corpus::Corpus;
use crate::load::http::Connection;
use crate::load::message::Format;
use crate::options::Options;
use crate::process::json_text;
use crate::server;
use std::collections::BTreeMap;
use std::path::Path;

/// One line for the list of measurements.
pub const WHAT: &str = "bytes a span on disk, by section and by tag\n           \
    [--corpus std,hard] [--format json] [--spans 2M] [--profile release]";

/// Tags listed; the rest is summed.
const TAGS_LISTED: usize = 16;

fn limit(corpus: Corpus) -> Option<Limit> {
    match corpus {
        Corpus::Std => Some(Limit::at_most(22.0, 18.0)),
        Corpus::Hard => Some(Limit::at_most(65.0, 50.0)),
        Corpus::Wild | Corpus::Peer | Corpus::Many => None,
    }
}

/// Runs the measurement; `Ok(false)` where a corpus takes more than it may.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--corpus", "--format", "--spans", "--profile"])?;
    let corpora = options.list("--corpus", vec![Corpus::Std, Corpus::Hard], Corpus::parse)?;
    let format = options.text("--format").map_or(Ok(Format::Json), Format::parse)?;
    let n_spans = options.count("--spans", 2_000_000)?;
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;
    let mut good = true;
    for corpus in corpora {
        let store = Store::fill_or_reuse(&binary, None, corpus, format, n_spans)?;
        let measure = measure(&binary, &store)?;
        println!("\nbench size: {} spans of {} as {}", store.n_spans(), corpus.name(), format.name());
        good &= print(corpus, &measure)?;
    }
    Ok(good)
}

fn measure(binary: &Path, store: &Store) -> Result<String, String> {
    let copy = store.working_copy()?;
    let rig = Rig::start(binary, Some(&copy.data), &[])?;
    let path = "/api/nines/v1/store?columns=true";
    let mut connection = Connection::open(rig.server.address).map_err(|error| error.to_string())?;
    let (status, body) = connection.get(path).map_err(|error| format!("{path}: {error}"))?;
    let body = String::from_utf8_lossy(body).into_owned();
    if status == 200 { Ok(body) } else { Err(format!("{path}: {status} {body:.300}")) }
}

fn print(corpus: Corpus, measure: &str) -> Result<bool, String> {
    let number = |json: &str, name: &str| json_number(json, name).ok_or_else(|| format!("no {name} in {json:.200}"));
    let (spans, bytes) = (number(measure, "blockSpans")? as f64, number(measure, "blockBytes")? as f64);
    let per_span = bytes / spans;
    let held = limit(corpus);
    let verdict = held
        .as_ref()
        .map_or_else(|| format!("{} B a span", short(per_span)), |limit| says(per_span, "B a span", limit));
    println!("  in blocks: {verdict}\n\n  | section | B a span | unpacked |\n  |---|---|---|");
    let mut listed = 0;
    for section in items(measure, "section") {
        let (stored, unpacked) = (number(section, "storedBytes")?, number(section, "unpackedBytes")?);
        let name = json_text(section, "section").unwrap_or_default();
        println!("  | {name} | {:.2} | {:.2} |", stored as f64 / spans, unpacked as f64 / spans);
        listed += stored;
    }
    println!("  | headers, padding | {:.2} | |", (bytes - listed as f64).max(0.0) / spans);

    let mut tags: BTreeMap<String, u64> = BTreeMap::new();
    for column in items(measure, "service") {
        *tags.entry(json_text(column, "key").unwrap_or_default()).or_default() += number(column, "storedBytes")?;
    }
    let mut tags: Vec<(String, u64)> = tags.into_iter().collect();
    tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    println!("\n  | values of the tag | B a span |\n  |---|---|");
    for (tag, stored) in tags.iter().take(TAGS_LISTED) {
        println!("  | {tag} | {:.3} |", *stored as f64 / spans);
    }
    let rest: u64 = tags.iter().skip(TAGS_LISTED).map(|(_, stored)| stored).sum();
    println!("  | all others | {:.3} |", rest as f64 / spans);
    Ok(held.is_none_or(|limit| limit.holds(per_span)))
}

/// The objects of a list whose first member has that name. Ours hold numbers and plain names only.
fn items<'a>(json: &'a str, first: &str) -> Vec<&'a str> {
    let start = format!("{{\"{first}\":");
    let from = |at: usize| &json[at..at + json[at..].find('}').unwrap_or(0)];
    json.match_indices(&start).map(|(at, _)| from(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_by_their_first_member() {
        let json = "{\"sections\":[{\"section\":\"ids\",\"storedBytes\":7},{\"section\":\"times\",\"storedBytes\":2}]}";
        let found = items(json, "section");
        assert_eq!(found.len(), 2);
        assert_eq!(
            (json_text(found[1], "section"), json_number(found[1], "storedBytes")),
            (Some("times".into()), Some(2))
        );
    }
}
