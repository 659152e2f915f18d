//! What ends a command: an answer of "no", or trouble, each with a fact and a next step.

use crate::messages::Say;
use nines_base::Lang;
use nines_base::lang::Message;
use std::process::ExitCode;

/// Exit codes of every command: yes, no, trouble.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Yes, clean, allowed.
    Yes,
    /// No, findings, held.
    No,
    /// Bad usage, unreachable, internal.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Yes => 0,
            Exit::No => 1,
            Exit::Trouble => 2,
        })
    }
}

/// Trouble, in words. Printed as `error: …` and `hint: …` on stderr.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// How the command ends.
    pub exit: Exit,
    /// `FILE:LINE:COL`, where a place is known.
    pub place: Option<String>,
    /// What is wrong.
    pub fact: String,
    /// What to do next.
    pub hint: Option<String>,
}

impl Trouble {
    /// Trouble with a next step.
    pub fn new(lang: Lang, fact: impl Message, hint: impl Message) -> Trouble {
        Trouble { exit: Exit::Trouble, place: None, fact: fact.text(lang), hint: Some(hint.text(lang)) }
    }

    /// Something that should not happen; the chain of causes is the fact.
    pub fn internal(lang: Lang, error: &anyhow::Error) -> Trouble {
        Trouble::new(lang, Say::Internal { detail: format!("{error:#}") }, Say::InternalHint)
    }

    /// Prints it to stderr.
    pub fn print(&self) {
        match &self.place {
            Some(place) => eprintln!("error: {place}: {}", self.fact),
            None => eprintln!("error: {}", self.fact),
        }
        if let Some(hint) = &self.hint {
            eprintln!("hint: {hint}");
        }
    }
}

/// What a command returns.
pub type Outcome = Result<Exit, Trouble>;
