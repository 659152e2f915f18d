//! What can be typed on the policy's manual side: freezes, exceptions, adjustments.

use clap::{Args, Subcommand, ValueEnum};

/// `nines freeze`.
#[derive(Subcommand, Debug)]
pub enum FreezeVerb {
    /// Hold releases of services; security fixes and rollbacks pass
    On(FreezeArgs),
    /// Lift a freeze that was made by command; one of a file is lifted in its file (exit 1)
    Off {
        /// Its name
        name: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Who lifts it
        #[arg(long, value_name = "PERSON", env = "USER", hide_env_values = true)]
        by: String,
    },
    /// Freezes of files and by command
    List,
}

/// `nines freeze on`.
#[derive(Args, Debug)]
pub struct FreezeArgs {
    /// Services, or '*' for all
    #[arg(required = true, value_name = "SERVICE")]
    pub services: Vec<String>,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who asks for it
    #[arg(long, value_name = "PERSON", env = "USER", hide_env_values = true)]
    pub by: String,
    /// When it ends, RFC 3339
    #[arg(long, value_name = "TIME", required_unless_present = "for_", conflicts_with = "for_")]
    pub until: Option<String>,
    /// How long it lasts
    #[arg(long = "for", value_name = "DURATION")]
    pub for_: Option<String>,
    /// When it begins, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Only this environment
    #[arg(long, value_name = "E")]
    pub env: Option<String>,
    #[command(flatten)]
    pub again: AgainArgs,
}

/// What recurs, and a name.
#[derive(Args, Debug)]
pub struct AgainArgs {
    /// When it recurs, such as FREQ=WEEKLY;BYDAY=FR
    #[arg(long, value_name = "RULE")]
    pub rrule: Option<String>,
    /// By whose clocks it recurs [default: the offset of its beginning]
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Its name [default: made from the time]
    #[arg(long)]
    pub name: Option<String>,
}

/// `nines exception`.
#[derive(Subcommand, Debug)]
pub enum ExceptionVerb {
    /// Let one change of a service pass what would hold it; takes one of few tokens
    Grant(GrantArgs),
    /// Exceptions of files and by command, and how many are left
    List,
}

/// `nines exception grant`.
#[derive(Args, Debug)]
pub struct GrantArgs {
    /// The service
    pub service: String,
    /// The change, such as a commit
    #[arg(long, value_name = "ID")]
    pub change: String,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who wants it
    #[arg(long, value_name = "PERSON", env = "USER", hide_env_values = true)]
    pub requested_by: String,
    /// Who approves: somebody else
    #[arg(long, value_name = "PERSON")]
    pub approved_by: String,
    /// When it ends, RFC 3339 [default: as late as the policy allows]
    #[arg(long, value_name = "TIME", conflicts_with = "for_")]
    pub expires: Option<String>,
    /// How long it lasts
    #[arg(long = "for", value_name = "DURATION")]
    pub for_: Option<String>,
    /// Its name [default: made from the time]
    #[arg(long)]
    pub name: Option<String>,
}

/// `nines adjust`.
#[derive(Subcommand, Debug)]
pub enum AdjustVerb {
    /// Do not hold a time, or some events, against the budgets of SLOs; the raw value stays visible
    Add(Box<AdjustArgs>),
    /// Adjustments of files and by command
    List,
}

/// `nines adjust add`.
#[derive(Args, Debug)]
pub struct AdjustArgs {
    /// SLOs
    #[arg(required = true, value_name = "SLO")]
    pub slos: Vec<String>,
    /// What becomes of the events: not counted at all, or all counted as good
    #[arg(long, value_enum)]
    pub mode: AdjustMode,
    /// Only the events of spans that this filter takes, such as load.test=true
    #[arg(long = "where", value_name = "FILTER")]
    pub where_: Option<String>,
    /// When it begins, RFC 3339; at most 7 days ago. With --where it may be left out: now
    #[arg(long, value_name = "TIME", required_unless_present = "where_")]
    pub from: Option<String>,
    /// How long it lasts: 90m, 24h, 2d
    #[arg(long = "for", value_name = "DURATION")]
    pub for_: String,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who approved it
    #[arg(long, value_name = "PERSON")]
    pub approved_by: String,
    /// What sort of events it is about, such as maintenance
    #[arg(long)]
    pub category: Option<String>,
    #[command(flatten)]
    pub again: AgainArgs,
}

/// What becomes of events in an excluded time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
#[allow(missing_docs)]
pub enum AdjustMode {
    Removed,
    AsGood,
}
