//! `cargo xtask traffic`.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    nines_differ::command::run_with(&arguments)
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("error: rules are held against the kernel of Linux, which this is not");
    ExitCode::from(2)
}
