//! What can be typed about objectives.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// `nines slo`.
#[derive(Subcommand, Debug)]
pub enum SloVerb {
    /// Check definitions; needs no server
    Check {
        /// Files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How strictly: as the specification, as its SDK, or leniently
        #[arg(long, value_enum, default_value_t)]
        mode: CheckMode,
        /// Configuration of the server, to check that targets of notifications and data sources lead somewhere
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Write definition files in the canonical form; needs no server
    Fmt {
        /// Files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// List files that are not in that form, and exit 1 if there are any
        #[arg(long, conflicts_with = "write")]
        check: bool,
        /// Write into the files instead of to stdout
        #[arg(short, long)]
        write: bool,
    },
    /// Write other versions of OpenSLO as openslo/v1, on stdout; needs no server
    Convert {
        /// Files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Form of the text
        #[arg(long, value_enum, default_value_t)]
        to: ConvertTo,
        /// Read openslo.com/v2alpha too, as its living text was
        #[arg(long)]
        v2alpha: bool,
    },
    /// Write alerts in the form of another system; needs no server
    Export {
        #[command(subcommand)]
        to: SloExport,
    },
    /// Run test files of objectives (*.slotest); needs no server
    Test {
        /// Files, or folders of them
        #[arg(required = true, value_name = "CASES")]
        paths: Vec<PathBuf>,
    },
    /// When alerts would fire and what budget would be left under the loads of a *.slotest file; needs no server
    Simulate {
        /// The file; claims in it are not judged
        scenario: PathBuf,
        /// Definitions beside those that the file names
        #[arg(long, value_name = "PATH")]
        definitions: Vec<PathBuf>,
        /// How long; by default until the last load ends
        #[arg(long = "for", value_name = "DURATION")]
        for_: Option<String>,
    },
    /// What other targets would have given: the server's history judged anew
    Backtest {
        /// Its name, or NAME/OBJECTIVE
        name: String,
        /// Targets in per cent, separated by commas
        #[arg(long, value_name = "LIST")]
        targets: String,
        /// How far to look back; by default the SLO's window
        #[arg(long, value_name = "DURATION")]
        since: Option<String>,
    },
    /// Targets that the past would have kept, for one SLO or for all
    Advise {
        /// Its name, or NAME/OBJECTIVE
        name: Option<String>,
        /// How far to look back
        #[arg(long, value_name = "DURATION", default_value = "90d")]
        since: String,
    },
    /// How objectives did in a calendar month that is over; it is written once and stays
    Report {
        /// Year and month, such as 2026-10; by default the newest there is
        #[arg(long, value_name = "MONTH")]
        month: Option<String>,
        /// Of one service only
        #[arg(long, value_name = "SERVICE")]
        service: Option<String>,
    },
    /// SLOs the server has loaded
    List,
    /// Budget and burn of one SLO or of all
    Status {
        /// Its name, or NAME/OBJECTIVE
        name: Option<String>,
    },
    /// Why an SLO stands where it stands, down to the traces that spent its budget
    Explain {
        /// Its name, or NAME/OBJECTIVE
        name: String,
    },
}

/// `nines slo export`.
#[derive(Subcommand, Debug)]
pub enum SloExport {
    /// Recording and alerting rules over the server's own counter, on stdout
    Prometheus {
        /// Files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
}

/// What converted definitions are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
#[allow(missing_docs)]
pub enum ConvertTo {
    #[default]
    Yaml,
    Json,
}

/// How strictly definitions are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum CheckMode {
    /// What the specification allows.
    #[default]
    Spec,
    /// What its SDK allows.
    Sdk,
    /// What can be understood.
    Lenient,
}
