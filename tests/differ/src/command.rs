//! What `cargo xtask traffic` runs: many rule sets, or planted bugs.

use crate::bench::{Asked, run, smaller};
use crate::planted::{PLANTED, Planted};
use crate::tally::Tally;
use nines_base::lang::{Lang, Message};
use nines_nft::scratch;
use nines_replay::Error;
use nines_traffic::net::Family;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const HELP: &str = "\
usage: cargo xtask traffic [--sets N] [--packets N] [--seed S]   N rule sets (20000), half of each IP family, of N packets
                                                                 each (100), from seed S (0) on: by the simulator, by the
                                                                 kernel's own iptables, and by our compiler
       cargo xtask traffic --planted [--sets N] [..]             bugs are planted one after another; each must be found
                                                                 within N rule sets (100)

What differs is made as small as it will go and printed.

exit codes: 0 all the same (all found), 1 not, 2 wrong usage, or this system lacks what it needs
";

/// Rule sets and packets unless told otherwise: what the traffic part was accepted on.
const SETS: u64 = 20_000;
const PACKETS: u64 = 100;
/// Within so many rule sets a planted bug is found.
const SETS_PLANTED: u64 = 100;
/// Packets that differ until a run gives up.
const DIFFERENT_MAX: u64 = 1000;
/// How often progress is told.
const TOLD_EVERY: Duration = Duration::from_secs(10);

struct Options {
    n_sets: u64,
    n_packets: usize,
    seed: u64,
    planted: bool,
}

/// Runs it with the words of the command line.
pub fn run_with(arguments: &[String]) -> ExitCode {
    let options = match parse(arguments) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(why) => {
            eprintln!("error: {why}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    if let Err(why) = scratch::may_have_namespaces() {
        eprintln!("error: no network namespace: {why}");
        return ExitCode::from(2);
    }
    let outcome = if options.planted { find_planted(&options) } else { hold(&options) };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {}", error.text(Lang::En));
            ExitCode::from(2)
        }
    }
}

fn parse(arguments: &[String]) -> Result<Option<Options>, String> {
    let planted = arguments.iter().any(|word| word == "--planted");
    let n_sets = if planted { SETS_PLANTED } else { SETS };
    let mut options = Options { n_sets, n_packets: PACKETS as usize, seed: 0, planted };
    let mut words = arguments.iter().filter(|word| *word != "--planted");
    while let Some(word) = words.next() {
        if matches!(word.as_str(), "help" | "--help" | "-h") {
            return Ok(None);
        }
        let value = words.next().ok_or_else(|| format!("`{word}` wants a value"))?;
        let number = value.parse::<u64>().map_err(|_| format!("`{value}` is no number"))?;
        match word.as_str() {
            "--sets" => options.n_sets = number,
            "--packets" => options.n_packets = usize::try_from(number).map_err(|_| format!("`{value}` is too many"))?,
            "--seed" => options.seed = number,
            other => return Err(format!("`{other}` is no option")),
        }
    }
    Ok(Some(options))
}

fn asked(options: &Options, planted: Option<Planted>) -> Asked {
    let seeds = options.seed..options.seed + options.n_sets.div_ceil(2);
    // A planted bug is found by its first difference.
    let n_different_max = if planted.is_some() { 1 } else { DIFFERENT_MAX };
    Asked { seeds, n_packets: options.n_packets, planted, n_different_max }
}

fn hold(options: &Options) -> Result<bool, Error> {
    let start = Instant::now();
    let asked = asked(options, None);
    let mut all = Tally::default();
    for family in [Family::V4, Family::V6] {
        let mut told = Instant::now();
        let tally = run(family, &asked, |tally| {
            if told.elapsed() >= TOLD_EVERY {
                told = Instant::now();
                let Tally { n_sets, n_packets, n_different, .. } = tally;
                let elapsed_s = start.elapsed().as_secs();
                eprintln!(
                    "{elapsed_s} s: {family:?}: {n_sets} rule sets, {n_packets} packets, {n_different} different"
                );
            }
        })?;
        println!("{family:?}: {tally}");
        for found in &tally.found {
            println!("{}", smaller(family, None, found.clone())?);
        }
        all.add(tally);
    }
    println!("all: {all}  in {:.0} s", start.elapsed().as_secs_f64());
    Ok(all.n_different == 0)
}

fn find_planted(options: &Options) -> Result<bool, Error> {
    let mut all_found = true;
    for planted in PLANTED {
        let found = find(options, planted)?;
        all_found &= found.is_some();
        let words = found.unwrap_or_else(|| "NOT FOUND".to_owned());
        println!("{}: {words}", planted.name);
    }
    Ok(all_found)
}

/// How a planted bug is found, where it is.
fn find(options: &Options, planted: Planted) -> Result<Option<String>, Error> {
    for family in [Family::V4, Family::V6] {
        match run(family, &asked(options, Some(planted)), |_| {}) {
            Ok(tally) => {
                if let Some(found) = tally.found.first() {
                    let small = smaller(family, Some(planted), found.clone())?;
                    return Ok(Some(format!("found in rule set {}\n{small}", tally.n_sets)));
                }
            }
            Err(error @ Error::Refused(_)) => return Ok(Some(format!("found: {}\n", error.text(Lang::En)))),
            Err(other) => return Err(other),
        }
    }
    Ok(None)
}
