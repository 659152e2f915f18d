//! What can be typed about a host's rules.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `nines traffic`.
#[derive(Subcommand, Debug)]
pub enum TrafficVerb {
    /// Every fault of a file of rules, and what its author may not have noticed
    Check {
        /// Intents (YAML), or what iptables-save wrote
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Exit 1 for warnings, too
        #[arg(long)]
        strict: bool,
    },
    /// What becomes of packets
    Simulate {
        /// Intents (YAML), or what iptables-save wrote
        #[arg(value_name = "RULES")]
        rules: PathBuf,
        /// One packet as a JSON object a line; - reads stdin
        #[arg(value_name = "PACKETS")]
        packets: PathBuf,
    },
    /// Hold packets against what is expected of them
    Test {
        /// Files that end in .traffictest, or folders of them
        #[arg(required = true, value_name = "FILE")]
        paths: Vec<PathBuf>,
    },
    /// Make an intent file of what iptables-save wrote
    Import(ImportArgs),
    /// What an intent file would change on this host: exit 1 changes, 0 none
    Plan {
        /// Intents (YAML)
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Where the plan goes, to be applied as it is
        #[arg(long, value_name = "PLAN")]
        out: Option<PathBuf>,
        /// Show the whole table as nft would list it, too
        #[arg(long, value_enum)]
        show: Option<Shown>,
        #[command(flatten)]
        netd: NetdSocket,
    },
    /// Carry out a plan as it was shown; it is taken back unless it is confirmed
    Apply(ApplyArgs),
    /// Keep what was applied; from a console, or over a connection that was opened since
    Confirm {
        /// The plan's id
        id: String,
        #[command(flatten)]
        netd: NetdSocket,
    },
    /// Go back to what was before a plan, waiting or confirmed
    Rollback(RollbackArgs),
    /// What becomes of a packet by all the rules of this host: exit 0 where that is certain
    Explain(ExplainArgs),
    /// What is in force, what waits, what others changed: exit 0 clean, 1 waiting or drifted
    Status {
        #[command(flatten)]
        netd: NetdSocket,
    },
}

/// Where netd listens.
#[derive(Args, Debug)]
pub struct NetdSocket {
    /// The socket of netd
    #[arg(
        long = "netd",
        value_name = "SOCKET",
        env = "NINES_NETD",
        hide_env_values = true,
        default_value = "/run/nines/netd.sock"
    )]
    pub socket: PathBuf,
}

/// What a plan shows beside its changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Shown {
    /// The table as nft would list it.
    Nft,
}

/// `nines traffic apply`.
#[derive(Args, Debug)]
pub struct ApplyArgs {
    /// What `nines traffic plan --out` wrote
    pub plan: PathBuf,
    /// How long a confirmation is waited for before everything is as it was
    #[arg(long, value_name = "DURATION", default_value = "60s")]
    pub confirm: String,
    /// For good, without a confirmation: at a console
    #[arg(long, conflicts_with = "confirm")]
    pub no_confirm: bool,
    /// Go on although the connection of who applies may be cut
    #[arg(long, value_name = "REASON")]
    pub override_guard: Option<String>,
    /// Where others changed rules since, plan again, and go on if nothing comes out differently
    #[arg(long)]
    pub if_unaffected: bool,
    #[command(flatten)]
    pub netd: NetdSocket,
}

/// `nines traffic rollback`.
#[derive(Args, Debug)]
pub struct RollbackArgs {
    /// The plan's id
    pub id: String,
    /// Take the way back itself back unless it is confirmed in this time [default: it is for good, as it was confirmed once]
    #[arg(long, value_name = "DURATION")]
    pub confirm: Option<String>,
    /// Go on although the connection of who asks may be cut
    #[arg(long, value_name = "REASON")]
    pub override_guard: Option<String>,
    #[command(flatten)]
    pub netd: NetdSocket,
}

/// `nines traffic explain`.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// From whom: an address, with a port where it matters
    #[arg(value_name = "SRC")]
    pub source: String,
    /// To whom: ADDRESS:PORT, an address of IPv6 in brackets
    #[arg(value_name = "DST:PORT")]
    pub destination: String,
    /// What it carries
    #[arg(long, value_name = "PROTOCOL", default_value = "tcp")]
    pub proto: String,
    /// The interface it comes in by [default: by this host's routes]
    #[arg(id = "comes", long = "in", value_name = "INTERFACE")]
    pub comes: Option<String>,
    /// The interface it leaves by [default: by this host's routes]
    #[arg(id = "leaves", long = "out", value_name = "INTERFACE")]
    pub leaves: Option<String>,
    /// What conntrack makes of it
    #[arg(long, value_name = "STATE", default_value = "new")]
    pub ct: String,
    /// Beside it what the kernel does with real packets, waited for so long, at most 60s
    #[arg(long, value_name = "DURATION")]
    pub live: Option<String>,
    #[command(flatten)]
    pub netd: NetdSocket,
}

/// `nines netd`.
#[derive(Args, Debug)]
pub struct NetdArgs {
    /// The Unix socket; that it is there means that netd is ready
    #[arg(long, value_name = "SOCKET", default_value = "/run/nines/netd.sock")]
    pub socket: PathBuf,
    /// Folder of plans, of what is in force, and of the journal
    #[arg(long, value_name = "DIR", default_value = "/var/lib/nines/netd")]
    pub state: PathBuf,
    /// Whom it becomes when started as root [default: nines-netd where it exists, else nobody]
    #[arg(long, value_name = "USER")]
    pub user: Option<String>,
}

/// `nines traffic import`.
#[derive(Args, Debug)]
pub struct ImportArgs {
    /// What iptables-save wrote
    #[arg(long, value_name = "FILE", required_unless_present_any = ["ip6tables_save", "live"])]
    pub iptables_save: Option<PathBuf>,
    /// What ip6tables-save wrote
    #[arg(long, value_name = "FILE")]
    pub ip6tables_save: Option<PathBuf>,
    /// The rules that are in force on this host, of both IP families, as its own iptables tells them
    #[arg(long, conflicts_with_all = ["iptables_save", "ip6tables_save"])]
    pub live: bool,
    /// Where the intent file goes; stdout where nothing is said
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Whether the result is held against iptables in a namespace of its own
    #[arg(long, value_enum, default_value = "auto")]
    pub prove: Prove,
}

/// Whether an import is proven.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
#[allow(missing_docs)]
pub enum Prove {
    Auto,
    Always,
    Never,
}
