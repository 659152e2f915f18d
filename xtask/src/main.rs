//! The workshop's front door: tests, checks, benchmarks.
//!
//! `cargo xtask test` is what the README names and what CI runs. Knows the product only from outside:
//! it builds it, starts it, talks to it over the wire, and reads its source as text. Depends on `std`
//! alone, so that the door opens in seconds.
//!
//! Start reading at [`mod@test`], then [`tidy`].

mod alerts;
mod bench;
mod compare;
mod fuzz;
mod json;
mod load;
mod options;
mod process;
mod server;
mod sim;
mod soak;
mod tally;
mod test;
mod tidy;
mod traffic;
mod tree;
mod zipkin;

use std::process::ExitCode;

const HELP: &str = "\
usage: cargo xtask <command>

  test [TIER] [--full]   everything that passes or fails; without TIER all tiers in their quick forms
                           rust   format, lints, unit and contract tests, documentation, tidy
                           wire   the real binary: command-line sessions, crash rounds, a full disk
                           web    the page: types, unit tests, rebuild, browser
                           peers  real clients of Zipkin and OpenTelemetry send to the real binary
                         --full   the long forms (500 crash rounds instead of 20, every client)
  tidy                   edges between crates, forbidden names and words, module docs, invariants
  fuzz [TARGET..]        libFuzzer over everything that reads bytes; findings fail it
                         --for TIME  CPU time of each target (1m unless said)
                         --keep      takes what covers something new to fuzz/corpus
  sim [OPTIONS]          the span store simulated by seed: crashes, full and failing disks, flipped bits
                         --seeds N --from S   N seeds (10000) from S (0)
                         --seed S             one seed, printed
                         --story FILE         a story as it was printed
                         --flips N            every bit of a small block, N (100000) of a large one
  traffic [OPTIONS]      rules and packets by seed: the simulator, the kernel's own iptables and our compiler
                         --sets N --packets N   N rule sets (20000) of N packets (100)
                         --seed S               from seed S (0)
                         --planted              bugs are planted instead, each must be found
  bench NAME [OPTIONS]   measurements; `cargo xtask bench` lists them
  compare [OPTIONS]      the same traces posted to the real Zipkin and to nines, every answer compared
                           [--traces 2000] [--seed 1] [--profile dev]
  alerts [OPTIONS]       alerts of random traffic, by our engine and by promtool with our exported rules
                           [--seeds 200] [--from 0] [--profile dev]
  soak [OPTIONS]         mixed load for an hour; memory, files and threads must stay as they are
                           [--for 1h] [--rate 60k] [--memory 400MiB] [--disk 1GiB] [--profile release]

exit codes: 0 all passed, 1 something failed, 2 wrong usage or trouble
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(true)
        }
        ["test", rest @ ..] => test::run(rest),
        ["tidy"] => tidy::run(),
        ["fuzz", rest @ ..] => fuzz::run_targets(rest),
        ["sim", rest @ ..] => sim::run(rest),
        ["traffic", rest @ ..] => traffic::run(rest),
        ["soak", rest @ ..] => soak::run(rest),
        ["bench", rest @ ..] => bench::run(rest),
        ["alerts", rest @ ..] => alerts::command(rest),
        ["compare", rest @ ..] => compare::command(rest),
        [other, ..] => Err(format!("unknown command `{other}`\nhint: cargo xtask help lists them")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(trouble) => {
            eprintln!("error: {trouble}");
            ExitCode::from(2)
        }
    }
}
