//! What can be typed about toil.

use super::toil_import::{ToilImportArgs, ToilMineArgs};
use clap::{Args, Subcommand};

/// `nines toil …`
#[derive(Subcommand, Debug)]
pub enum ToilVerb {
    /// Note hands-on time; works without a server
    Add(ToilAddArgs),
    /// How teams stand against the cap, what costs most, what to do about it
    Report(ReportArgs),
    /// What to reject, batch, fix, hand over or automate next
    Next(ReportArgs),
    /// Answer three questions, every two weeks: how much of your time is toil?
    Pulse {
        /// Share of the past two weeks, in per cent; asked for where it is not given
        #[arg(long, value_name = "N")]
        percent: Option<f64>,
        /// Your team [default: NINES_TEAM]
        #[arg(long, value_name = "TEAM")]
        team: Option<String>,
        /// Key of the task that took most
        #[arg(long, value_name = "KEY")]
        top: Option<String>,
        /// Whether toil leaves no time to automate toil
        #[arg(long, value_name = "true|false")]
        blocked: Option<bool>,
        /// Who answers; kept as a digest only [default: NINES_PERSON, else your login name]
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
    },
    /// Hours that persons have
    Capacity {
        #[command(subcommand)]
        verb: CapacityVerb,
    },
    /// Say what became of a task: rejected, batched, automating, automated
    Task(TaskArgs),
    /// Take in what other tools know: exit 1 where some of it was refused
    Import(ToilImportArgs),
    /// What you type again and again, from the history of your shell; nothing of it leaves this machine
    Mine(ToilMineArgs),
    /// Say by the signs of toil what sort of work a task is; entries that say their class keep it
    Classify {
        /// Key of the task
        task: String,
        /// Those that it has: manual, repetitive, automatable, tactical, no-value, grows; and judgement, lasts or overhead
        #[arg(long, value_name = "SIGN,…", value_delimiter = ',', required = true)]
        signs: Vec<String>,
        /// Who says so [default: NINES_PERSON, else your login name]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Your own entries with their ids
    Entries {
        /// Whose [default: NINES_PERSON, else your login name]
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
        /// Most that are listed
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Take out an entry of your own that was timed or declared
    Remove {
        /// Its id, as `nines toil entries` lists it
        id: String,
        /// Whose it is [default: NINES_PERSON, else your login name]
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
    },
    /// Erase a person from the ledger of toil; times stay as those of nobody in particular
    Forget {
        /// Their name, as entries have it
        person: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// `nines toil capacity …`
#[derive(Subcommand, Debug)]
pub enum CapacityVerb {
    /// Say how many hours a week a person of a team has; 40 unless it is said
    Set {
        /// The team
        team: String,
        /// The person
        person: String,
        /// Hours a week, for example 32h/week or 32
        #[arg(value_name = "HOURS/week")]
        hours: String,
        /// From this day on
        #[arg(long, value_name = "DATE|RFC3339")]
        from: Option<String>,
    },
}

/// `nines toil add`.
#[derive(Args, Debug)]
pub struct ToilAddArgs {
    /// What it was, for example "rotated pay cert"
    pub text: String,
    /// Hands-on time: 20m, 1h30m
    pub duration: String,
    /// Whose time [default: NINES_PERSON, else your login name]
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Their team [default: NINES_TEAM]
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// Key by which runs of the same task are known [default: told from the text]
    #[arg(long, value_name = "KEY")]
    pub task: Option<String>,
    /// business_process, interrupt, oncall, release, migration, capacity_cost, opaque_debug or other
    #[arg(long, value_name = "CATEGORY")]
    pub category: Option<String>,
    /// toil, ops_novel or engineering [default: toil from the third time in 90 days on]
    #[arg(long, value_name = "CLASS")]
    pub class: Option<String>,
    /// When it began [default: so that it ended now]
    #[arg(long, value_name = "RFC3339")]
    pub at: Option<String>,
    /// It interrupted something else
    #[arg(long)]
    pub interrupt: bool,
    /// What it belongs to: SOURCE:ID of another entry, or any reference
    #[arg(long, value_name = "REF")]
    pub link: Option<String>,
}

/// `nines toil report` and `next`.
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// First moment [default: 13 weeks before the end]
    #[arg(long, value_name = "DATE|RFC3339")]
    pub from: Option<String>,
    /// End [default: the end of today]
    #[arg(long, value_name = "DATE|RFC3339")]
    pub to: Option<String>,
    /// One team only
    #[arg(long, value_name = "TEAM")]
    pub team: Option<String>,
    /// One task only: what it costs and how it grows with traffic
    #[arg(long, value_name = "KEY")]
    pub task: Option<String>,
    /// With your own figures, which nobody else is shown
    #[arg(long)]
    pub me: bool,
    /// Whose own figures `--me` shows [default: NINES_PERSON, else your login name]
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Step of series: 1w, or minutes for a demonstration [default: 7d]
    #[arg(long, value_name = "DURATION")]
    pub step: Option<String>,
}

/// `nines toil task`.
#[derive(Args, Debug)]
pub struct TaskArgs {
    /// Key of the task
    pub task: String,
    /// open, rejected, batched, automating or automated
    #[arg(long, value_name = "STATUS")]
    pub status: String,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    /// Who says so [default: NINES_PERSON, else your login name]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Hours that building the automation takes, or took
    #[arg(long, value_name = "HOURS")]
    pub build_hours: Option<f64>,
    /// Hours a year to keep it [default: a fifth of building]
    #[arg(long, value_name = "HOURS")]
    pub upkeep_hours: Option<f64>,
    /// Hands-on minutes that a run will still take [default: 0]
    #[arg(long, value_name = "MINUTES")]
    pub minutes_after: Option<f64>,
}
