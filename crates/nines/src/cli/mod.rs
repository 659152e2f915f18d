//! The command line: one file per verb, data on stdout, words on stderr, exit 0 yes, 1 no, 2 trouble.

mod alert;
mod args;
mod client;
mod config;
mod context;
mod definitions;
mod demo;
mod doctor;
mod error;
mod gate;
mod netd;
mod outbox;
mod output;
mod policy;
mod progress;
mod run;
mod runbook;
mod serve;
mod slo;
mod slo_backtest;
mod slo_check;
mod slo_convert;
mod slo_export;
mod slo_fmt;
mod slo_report;
mod slo_simulate;
mod slo_test;
mod store;
mod toil;
mod trace;
mod trace_compare;
mod trace_tree;
mod traffic;

pub use client::{Client, escape};
pub use context::Context;
pub use error::{Exit, Outcome, Trouble};

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use std::process::ExitCode;

/// Reads the arguments, runs the command, prints what went wrong.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let context = Context::new(&cli.global);
    let outcome = run(&context, cli.command);
    match outcome {
        Ok(exit) => exit.into(),
        Err(trouble) => {
            trouble.print();
            trouble.exit.into()
        }
    }
}

fn run(context: &Context, command: Command) -> Outcome {
    match command {
        Command::Demo(args) => demo::run(context, args),
        Command::Serve(args) => serve::run(context, args),
        Command::Netd(args) => netd::run(context, args),
        Command::Trace { verb } => trace::run(context, verb),
        Command::Slo { verb } => slo::run(context, verb),
        Command::Alert { verb } => alert::run(context, verb),
        Command::Gate { verb } => gate::run(context, verb),
        Command::Freeze { verb } => policy::freeze(context, verb),
        Command::Exception { verb } => policy::exception(context, verb),
        Command::Adjust { verb } => policy::adjust(context, verb),
        Command::Traffic { verb } => traffic::run(context, verb),
        Command::Toil { verb } => toil::run(context, verb),
        Command::Doctor(netd) => doctor::run(context, &netd),
        Command::Run(args) => run::run(context, *args),
        Command::Runbook { verb } => runbook::run(context, verb),
        Command::Store { verb } => store::run(context, verb),
        Command::Config { verb } => config::run(context, verb),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "nines", &mut script);
            output::print(&String::from_utf8_lossy(&script));
            Ok(Exit::Yes)
        }
        Command::Version => {
            output::print(&format!("nines {} ({})\n", crate::VERSION, crate::COMMIT));
            Ok(Exit::Yes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flag_of_a_command_is_taken_twice() {
        Cli::command().debug_assert();
    }
}
