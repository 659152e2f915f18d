//! A runbook as it was read: what it is about, what it asks for, its steps in order.

use crate::entry::{Category, Class};
use nines_base::DurationUs;
use nines_yaml::Mark;
use regex::Regex;

/// A runbook.
#[derive(Clone, Debug)]
pub struct Runbook {
    /// Key of the task in the ledger; stable over edits.
    pub id: String,
    /// Its first heading, or its id.
    pub title: String,
    /// The service it works on.
    pub service: Option<String>,
    /// What makes people turn to it, such as `alert:PayHigh5xx`.
    pub triggers: Vec<String>,
    /// What it wants to know before it begins.
    pub params: Vec<Param>,
    /// What sort of toil it is.
    pub category: Category,
    /// What sort of work, where it says so.
    pub class: Option<Class>,
    /// What the gate must say first.
    pub gate: Option<Gate>,
    /// What it holds while it runs.
    pub lock: Option<Lock>,
    /// What is done, in order: questions about parameters first.
    pub steps: Vec<Step>,
}

/// A parameter: reaches steps by the environment, never as a part of their text.
#[derive(Clone, Debug)]
pub struct Param {
    /// Name of the variable.
    pub name: String,
    /// What a person is asked.
    pub prompt: Option<String>,
    /// What the whole value must match.
    pub pattern: Option<Regex>,
    /// The values there are; empty where any is.
    pub choices: Vec<String>,
    /// Taken where nobody gives one.
    pub default: Option<String>,
    /// Where it is declared.
    pub at: Mark,
}

impl Param {
    /// Whether a value may be given. One with a NUL cannot be passed to a process.
    #[must_use]
    pub fn takes(&self, value: &str) -> bool {
        let listed = self.choices.is_empty() || self.choices.iter().any(|choice| choice == value);
        listed && !value.contains('\0') && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(value))
    }
}

/// What the release gate must say before a run begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gate {
    /// It allows the service to release.
    Allowed,
    /// No freeze holds the service, or an exception breaks it.
    NotFrozen,
}

impl Gate {
    /// All with their names.
    pub const ALL: [(&str, Gate); 2] = [("not-frozen-or-break-glass", Gate::NotFrozen), ("allowed", Gate::Allowed)];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Gate::ALL.iter().find(|(_, gate)| *gate == self).map_or("", |(name, _)| name)
    }
}

/// What no two runs hold at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lock {
    /// The runbook's service.
    Service,
    /// Anything by name.
    Named(String),
}

/// One step.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Unique in the file.
    pub id: String,
    /// Where it stands.
    pub at: Mark,
    /// The heading it stands under.
    pub heading: String,
    /// Runs only where this holds.
    pub when: Option<When>,
    /// What it does.
    pub kind: Kind,
}

/// What a step does.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// Asks for a parameter.
    Ask {
        /// Its name.
        param: String,
    },
    /// A person does it and says so.
    Manual {
        /// What they do.
        text: String,
    },
    /// Commands, once.
    Sh(Shell),
    /// Commands, until they succeed.
    Check(Shell, Check),
    /// Waits until the budgets of a service burn slowly enough.
    Slo {
        /// Which service.
        service: String,
        /// Burn rate it must fall below.
        below: f64,
        /// How it is waited.
        wait: Check,
    },
}

impl Kind {
    /// As JSON writes it: a command that is confirmed first is of kind `confirm`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Ask { .. } => "ask",
            Kind::Manual { .. } => "manual",
            Kind::Sh(shell) if shell.confirm => "confirm",
            Kind::Sh(_) => "sh",
            Kind::Check(..) => "check",
            Kind::Slo { .. } => "slo",
        }
    }
}

impl Step {
    /// Its commands, where it has any.
    #[must_use]
    pub fn shell(&self) -> Option<&Shell> {
        match &self.kind {
            Kind::Sh(shell) | Kind::Check(shell, _) => Some(shell),
            _ => None,
        }
    }
}

/// Commands for a shell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shell {
    /// The commands, as they stand in the file.
    pub script: String,
    /// Changes nothing, its author says.
    pub readonly: bool,
    /// A person says yes first.
    pub confirm: bool,
    /// Environment that it endangers; its name is typed first.
    pub danger: Option<String>,
    /// Longest that it may take; of a step that gives none the runner's own limit.
    pub timeout: Option<DurationUs>,
    /// How often it is tried again.
    pub retry: u32,
    /// Time before it is.
    pub pause: DurationUs,
    /// What undoes it.
    pub undo: Option<Undo>,
    /// Variable that takes what it prints.
    pub capture: Option<String>,
    /// What it must print.
    pub expect: Option<Expect>,
    /// Talks to the terminal itself.
    pub interactive: bool,
}

/// How a failed step is undone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Undo {
    /// Not at all, and its author says so.
    Nothing,
    /// By this step, which runs for nothing else.
    By(String),
}

/// How something is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Check {
    /// Time between two looks.
    pub interval: DurationUs,
    /// Longest wait.
    pub timeout: DurationUs,
}

/// What a command must print, white space around it aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expect {
    /// Exactly this.
    Exactly(String),
    /// Something in which this expression is found; written `/…/`.
    Found(String),
}

impl Expect {
    /// Whether what was printed will do.
    #[must_use]
    pub fn holds(&self, printed: &str) -> bool {
        match self {
            Expect::Exactly(text) => printed.trim() == text.trim(),
            // Compiled once a look: a check looks every few seconds. It was valid when the file was read.
            Expect::Found(pattern) => Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(printed)),
        }
    }

    /// As the file writes it.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Expect::Exactly(text) => text.clone(),
            Expect::Found(pattern) => format!("/{pattern}/"),
        }
    }
}

/// A condition on a variable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct When {
    /// The variable.
    pub name: String,
    /// How it is tested.
    pub test: Test,
}

/// A test of a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// It is set and not empty.
    Set,
    /// It is this.
    Is(String),
    /// It is not this.
    IsNot(String),
}

impl When {
    /// Whether it holds for a value; a variable that is not set is empty.
    #[must_use]
    pub fn holds(&self, value: Option<&str>) -> bool {
        let value = value.unwrap_or_default();
        match &self.test {
            Test::Set => !value.is_empty(),
            Test::Is(wanted) => value == wanted,
            Test::IsNot(other) => value != other,
        }
    }

    /// As the file writes it.
    #[must_use]
    pub fn written(&self) -> String {
        match &self.test {
            Test::Set => self.name.clone(),
            Test::Is(value) => format!("{}={value}", self.name),
            Test::IsNot(value) => format!("{}!={value}", self.name),
        }
    }
}

impl Runbook {
    /// Whether a step runs only to undo another.
    #[must_use]
    pub fn is_undo(&self, id: &str) -> bool {
        self.steps.iter().filter_map(Step::shell).any(|shell| shell.undo == Some(Undo::By(id.to_owned())))
    }

    /// The parameter of this name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|param| param.name == name)
    }

    /// What no other run may hold: `None` where it holds nothing.
    #[must_use]
    pub fn lock_name(&self) -> Option<&str> {
        match self.lock.as_ref()? {
            Lock::Service => self.service.as_deref(),
            Lock::Named(name) => Some(name),
        }
    }
}
