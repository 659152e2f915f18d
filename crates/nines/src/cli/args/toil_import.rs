//! What can be typed to import toil, and to look for it in a shell's history.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `nines toil import`.
#[derive(Args, Debug)]
pub struct ToilImportArgs {
    /// What wrote it
    #[arg(value_enum, value_name = "SOURCE")]
    pub source: ImportSource,
    /// An export, - for stdin; of git the folder of a repository
    #[arg(value_name = "FILE|DIR")]
    pub path: PathBuf,
    /// Which column is which field: a file (TOML), or a name given to --save-map
    #[arg(long, value_name = "MAP")]
    pub map: Option<String>,
    /// Keep the map under this name
    #[arg(long, value_name = "NAME", requires = "map")]
    pub save_map: Option<String>,
    /// Show what would be sent, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// An estimate for what has no hands-on time, nor anything like it that has
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub minutes: Option<u32>,
    /// The team of what names none
    #[arg(
        long,
        value_name = "TEAM",
        env = "NINES_TEAM",
        hide_env_values = true,
        default_value = "",
        hide_default_value = true
    )]
    pub team: String,
}

/// What an export was written by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ImportSource {
    /// A table with a header line
    Csv,
    /// Bodies of webhooks, or what `amtool alert query -o json` lists
    Alertmanager,
    /// The history of a repository
    Git,
    /// Issues or runs of Actions, as `gh … --json` or REST list them
    Github,
    /// A REST search, or an export as CSV
    Jira,
    /// Incidents and log entries of REST, or raw incidents of analytics
    Pagerduty,
}

/// `nines toil mine`.
#[derive(Args, Debug)]
pub struct ToilMineArgs {
    /// A history of zsh or bash with times [default: that of the shell in use]
    #[arg(long, value_name = "FILE", conflicts_with = "atuin")]
    pub history: Option<PathBuf>,
    /// Atuin's database
    #[arg(long, value_name = "DB")]
    pub atuin: Option<PathBuf>,
    /// Write a runbook of each sequence that is no loop of development
    #[arg(long, value_name = "DIR")]
    pub write: Option<PathBuf>,
}
