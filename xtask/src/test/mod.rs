//! `cargo xtask test`: tiers of checks, each counted, with one sum at the end.
//!
//! A tier prepares what it needs where it may (as root on Debian), and otherwise fails saying what to install.

mod cargo;
mod peers;
pub mod prepare;
mod rust;
mod web;
mod wire;

use crate::tally::{Tally, print_summary};
use std::time::Instant;

/// How much of a tier to run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// What fits into one sitting.
    Quick,
    /// What issues ask figures from.
    Full,
}

/// A tier: its name and what runs it.
type Tier = (&'static str, fn(Form) -> Tally);

/// All tiers, cheapest verdict first.
const TIERS: [Tier; 4] = [("rust", rust::run), ("wire", wire::run), ("web", web::run), ("peers", peers::run)];

/// Runs the tiers that the arguments name; `Ok(false)` when something failed.
pub fn run(arguments: &[&str]) -> Result<bool, String> {
    let (form, tiers) = parse(arguments)?;
    let mut done = Vec::new();
    for (name, run) in tiers {
        println!("\n== {name}");
        let started = Instant::now();
        let tally = run(form);
        done.push((name, tally, started.elapsed()));
    }
    Ok(print_summary(done))
}

fn parse(arguments: &[&str]) -> Result<(Form, Vec<Tier>), String> {
    let names = || TIERS.map(|(name, _)| name).join(", ");
    let mut form = Form::Quick;
    let mut chosen: Vec<Tier> = Vec::new();
    for argument in arguments {
        match TIERS.iter().find(|(name, _)| name == argument) {
            Some(tier) => chosen.push(*tier),
            None if *argument == "--full" => form = Form::Full,
            None if argument.starts_with('-') => {
                return Err(format!("unknown option `{argument}`\nhint: the only one is --full"));
            }
            None => return Err(format!("there is no tier `{argument}`\nhint: the tiers are {}", names())),
        }
    }
    if chosen.is_empty() {
        chosen.extend(TIERS);
    }
    Ok((form, chosen))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Result<(Form, Vec<&'static str>), String> {
        parse(arguments).map(|(form, tiers)| (form, tiers.into_iter().map(|(name, _)| name).collect()))
    }

    #[test]
    fn without_a_tier_all_run_and_an_unknown_one_is_an_error() {
        assert_eq!(names(&[]), Ok((Form::Quick, vec!["rust", "wire", "web", "peers"])));
        assert_eq!(names(&["--full", "wire"]), Ok((Form::Full, vec!["wire"])));
        assert_eq!(names(&["net"]).unwrap_err(), "there is no tier `net`\nhint: the tiers are rust, wire, web, peers");
        assert!(names(&["--fast"]).unwrap_err().starts_with("unknown option `--fast`"));
    }
}
