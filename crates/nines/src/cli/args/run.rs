//! What can be typed about runbooks.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `nines run`.
#[derive(Args, Debug)]
pub struct RunArgs {
    /// The runbook, Markdown
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Show what would happen, and which steps need a person; run nothing
    #[arg(long, conflicts_with = "resume")]
    pub plan: bool,
    /// Ask nobody; refused before the first step where a step needs a person
    #[arg(long)]
    pub auto: bool,
    /// A parameter with its value; may be repeated
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pub params: Vec<String>,
    /// Begin at this step
    #[arg(long, value_name = "ID", conflicts_with = "resume")]
    pub start_at: Option<String>,
    /// Leave a step out, or require.gate; may be repeated
    #[arg(long, value_name = "ID", requires = "reason")]
    pub skip: Vec<String>,
    /// Why steps are left out
    #[arg(long, value_name = "WHY", requires = "skip")]
    pub reason: Option<String>,
    /// Who runs it; agent:NAME for no person [default: NINES_PERSON, else the user's name]
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Go on with a run that did not finish
    #[arg(long, value_name = "RUN")]
    pub resume: Option<String>,
    /// Deliver what steps print, too, without secrets; else it stays on this machine
    #[arg(long)]
    pub share_output: bool,
}

/// `nines runbook`.
#[derive(Subcommand, Debug)]
pub enum RunbookVerb {
    /// Every fault of runbooks: exit 0 none or only warnings, 1 errors
    Check {
        /// Files, or folders of Markdown files
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Let a runbook run as it stands now
    Approve {
        /// The runbook, Markdown
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Who approves [default: NINES_PERSON, else the user's name]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Runbooks of a folder: approved or not, how far automated, how often run
    List {
        /// The folder
        #[arg(value_name = "DIR", default_value = ".")]
        dir: PathBuf,
    },
}
