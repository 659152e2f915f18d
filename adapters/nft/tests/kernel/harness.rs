//! Runs tests one after another, each in a network namespace of its own, and prints what libtest would.

use std::panic::catch_unwind;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use nines_nft::{Connection, scratch};

/// A test: a claim, and what fails where it does not hold.
pub struct Test {
    claim: &'static str,
    run: fn(),
}

impl Test {
    pub const fn new(claim: &'static str, run: fn()) -> Test {
        Test { claim, run }
    }
}

/// Runs those whose name holds the first argument that is no option.
pub fn run(tests: &[Test]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        tests.iter().for_each(|test| println!("{}: test", test.claim));
        return ExitCode::SUCCESS;
    }
    let filter = arguments.iter().find(|argument| !argument.starts_with('-')).cloned().unwrap_or_default();
    let chosen: Vec<&Test> = tests.iter().filter(|test| test.claim.contains(&filter)).collect();
    let closed = cannot_run();
    println!("\nrunning {} tests", chosen.len());
    let (mut n_passed, mut n_failed, mut n_ignored) = (0, 0, 0);
    for test in &chosen {
        if let Some(why) = &closed {
            println!("test {} ... ignored, {why}", test.claim);
            n_ignored += 1;
            continue;
        }
        let start = Instant::now();
        let well = catch_unwind(|| scratch::in_namespace(test.run).expect("a network namespace")).is_ok();
        println!("test {} ... {}", test.claim, if well { "ok" } else { "FAILED" });
        eprintln!("  in {:.2} s", start.elapsed().as_secs_f64());
        if well { n_passed += 1 } else { n_failed += 1 }
    }
    let n_filtered = tests.len() - chosen.len();
    let word = if n_failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {n_passed} passed; {n_failed} failed; {n_ignored} ignored; 0 measured; {n_filtered} filtered out"
    );
    if n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Other people's tools that tests hold ours against.
const TOOLS: [&str; 4] = ["nft", "ip", "iptables-nft", "iptables-legacy"];

/// What is missing here for any of the tests.
fn cannot_run() -> Option<String> {
    let paths: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let missing = TOOLS.into_iter().find(|tool| !paths.iter().any(|folder| folder.join(tool).is_file()));
    if let Some(tool) = missing {
        return Some(format!("no {tool}; on Debian it is in the packages nftables, iptables and iproute2"));
    }
    if let Err(why) = scratch::may_have_namespaces() {
        return Some(format!("no network namespace: {why}"));
    }
    match scratch::in_namespace(|| Connection::open().and_then(|mut kernel| kernel.generation())) {
        Ok(Ok(_)) => None,
        Ok(Err(why)) | Err(why) => Some(format!("no nf_tables: {why}")),
    }
}

/// Runs a tool in the namespace of the test, and gives what it prints.
pub fn tool(command: &str, arguments: &[&str]) -> String {
    let run = Command::new(command).args(arguments).output();
    let output = run.unwrap_or_else(|error| {
        panic!("{command} cannot be run: {error}\nhint: on Debian it is in the packages nftables and iproute2")
    });
    assert!(output.status.success(), "{command} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr).trim());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Has `nft` load a text.
pub fn nft(text: &str) {
    use std::io::Write;
    let mut nft =
        Command::new("nft").args(["-f", "-"]).stdin(Stdio::piped()).spawn().expect("nft, of Debian's nftables");
    nft.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("nft reads");
    assert!(nft.wait().expect("nft ends").success(), "nft refuses:\n{text}");
}
