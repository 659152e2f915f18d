//! `cargo xtask bench page`: the page of one trace beside Zipkin's own, on the same traces and in the same browser.
//!
//! Both servers are sent traces of 1 000 and 10 000 spans. A script (tests/browser/beside.mjs) opens each in
//! Chromium, headless and without a graphics card, waits until it is shown and rests, turns the wheel twenty
//! times, and reads the browser's own counters: CPU of the main thread in thread ticks, compressed bytes.

use super::limits::{Limit, short};
use super::rig::{Rig, json_number};
use crate::options::Options;
use crate::process::{json_text, run as run_command, stream};
use crate::server;
use crate::test::prepare::{WebTools, web_tools};
use crate::tree;
use crate::zipkin::{self, Zipkin};
use std::path::Path;
use std::time::Duration;

/// One line for the list of measurements.
pub const WHAT: &str = "the page of a trace beside Zipkin's own: [--java PATH] [--profile release]";

/// Spans of the traces; the limits hold for the last.
const SPANS: &str = "1000,10000";
/// Zipkin's heap.
const HEAP: &str = "-Xmx1g";
/// The browser may take so long: Zipkin's page needs minutes for ten thousand spans on a busy machine.
const BROWSER_LIMIT: Duration = Duration::from_secs(20 * 60);
/// `npm ci` may take so long.
const NPM_LIMIT: Duration = Duration::from_secs(5 * 60);
/// Where the script and its packages are.
const BROWSER_TESTS: &str = "tests/browser";

/// What is compared: a name, the member of the script's lines, and our share of Zipkin's, at most.
const COMPARED: [(&str, &str, Option<Limit>); 5] = [
    ("CPU until shown, ms", "showCpuMs", Some(Limit::at_most(1.0 / 25.0, 1.0 / 50.0))),
    ("CPU of 20 wheel steps, ms", "scrollCpuMs", Some(Limit::at_most(1.0 / 50.0, 1.0 / 100.0))),
    ("bytes transferred", "bytes", Some(Limit::at_most(1.0 / 5.0, 1.0 / 5.0))),
    ("elements", "elements", None),
    ("JavaScript heap, kB", "heapKb", None),
];

/// What one page cost with one trace.
struct Cost {
    server: String,
    spans: u64,
    line: String,
}

/// Runs the measurement; `Ok(false)` where nines is not as far ahead as it must be.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let options = Options::parse(arguments, &["--java", "--profile"])?;
    let binary = server::build(options.text("--profile").unwrap_or("release"))?;
    let package = zipkin::fetch(options.text("--java"))?;
    let tools = web_tools()?;
    install_packages(&tools)?;
    let peer = Zipkin::start(&package, HEAP)?;
    let rig = Rig::start(&binary, None, &[])?;
    let costs = measure(&tools, &format!("http://{}", rig.server.address), &format!("http://{}", peer.address))?;
    rig.stop()?;
    println!("\nbench page: {} ({}) and nines, Chromium headless", zipkin::ARTIFACT, package.java);
    Ok(print(&costs))
}

fn install_packages(tools: &WebTools) -> Result<(), String> {
    let folder = tree::root().join(BROWSER_TESTS);
    if folder.join("node_modules").is_dir() {
        return Ok(());
    }
    let mut command = tools.command(&tools.npm, &folder);
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run_command(&mut command, NPM_LIMIT).map_err(|why| format!("npm ci in {}: {why}", folder.display()))
}

fn measure(tools: &WebTools, nines: &str, zipkin: &str) -> Result<Vec<Cost>, String> {
    let mut command = tools.command(&tools.node, &tree::root());
    command.arg(Path::new(BROWSER_TESTS).join("beside.mjs"));
    command.args(["--nines", nines, "--zipkin", zipkin, "--spans", SPANS]).env("CHROMIUM", &tools.chromium);
    let mut costs = Vec::new();
    let ended = stream(&mut command, BROWSER_LIMIT, &mut |line| costs.extend(cost(line)))?;
    ended.outcome().map_err(|why| format!("the browser: {why}"))?;
    Ok(costs)
}

fn cost(line: &str) -> Option<Cost> {
    Some(Cost { server: json_text(line, "server")?, spans: json_number(line, "spans")?, line: line.to_owned() })
}

/// Prints both servers' figures and their ratios; `false` where a limit does not hold for the largest trace.
fn print(costs: &[Cost]) -> bool {
    let largest = costs.iter().map(|cost| cost.spans).max().unwrap_or(0);
    let mut sizes: Vec<u64> = costs.iter().map(|cost| cost.spans).collect();
    sizes.dedup();
    let mut good = largest > 0;
    for spans in sizes {
        println!("\n  {:<28}{:>10} {:>10} {:>10}", format!("{spans} spans"), "Zipkin", "nines", "ratio");
        for (what, member, limit) in COMPARED {
            let figure = |server: &str| {
                let of = costs.iter().find(|cost| cost.spans == spans && cost.server == server)?;
                json_number(&of.line, member).map(|number| number as f64)
            };
            let (Some(theirs), Some(ours)) = (figure("zipkin"), figure("nines")) else {
                println!("  {what:<28} was not measured on both");
                good = false;
                continue;
            };
            let limit = limit.filter(|_| spans == largest);
            let holds = limit.is_none_or(|limit| limit.holds(ours / theirs));
            good &= holds;
            let verdict = limit.map_or(String::new(), |limit| {
                format!("  {} {}", if holds { "ok" } else { "SHORT" }, limit.as_ratio())
            });
            let ratio = format!("{} x", short(theirs / ours.max(1.0)));
            println!("  {what:<28}{theirs:>10} {ours:>10} {ratio:>10}{verdict}");
        }
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(server: &str, spans: u64, show: u64) -> Cost {
        let line = format!(
            "{{\"server\":\"{server}\",\"spans\":{spans},\"showCpuMs\":{show},\"scrollCpuMs\":{show},\"bytes\":{show},\
             \"elements\":1,\"heapKb\":1}}"
        );
        cost(&line).unwrap()
    }

    #[test]
    fn limits_hold_for_the_largest_trace_alone() {
        let (small, large) = ((10, 10), (20, 1_000));
        let of_zipkin = |(spans, cost)| line("zipkin", spans, cost);
        assert!(print(&[of_zipkin(small), line("nines", 10, 10), of_zipkin(large), line("nines", 20, 10)]));
        assert!(!print(&[of_zipkin(large), line("nines", 20, 30)]));
    }

    #[test]
    fn a_page_that_was_not_measured_is_no_success() {
        assert!(!print(&[]));
        assert!(!print(&[line("nines", 20, 30)]));
    }

    #[test]
    fn other_lines_are_no_costs() {
        assert!(cost("npm notice").is_none());
    }
}
