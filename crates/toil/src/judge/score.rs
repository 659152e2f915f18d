//! Whether a task is toil, by the six signs of the SRE book (chapter 5). No sign is needed and none is enough: four and more
//! are toil, three are a question.

use crate::entry::Class;

/// What is said of a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Signs {
    /// A person does it by hand, starting a script included.
    pub manual: bool,
    /// Over and over.
    pub repetitive: bool,
    /// A machine could do it as well.
    pub automatable: bool,
    /// It comes up and is reacted to, rather than planned.
    pub tactical: bool,
    /// Afterwards the service is as it was.
    pub no_enduring_value: bool,
    /// It grows with the service.
    pub grows: bool,
    /// It needs a person's judgement.
    pub needs_judgement: bool,
    /// It leaves the service better for good.
    pub lasts: bool,
    /// It is no operation of a service at all: meetings, expenses.
    pub is_overhead: bool,
}

/// Where a sign stands.
type Sign = fn(&mut Signs) -> &mut bool;

/// What it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Toil.
    Toil,
    /// Somebody has to say.
    Ask,
    /// An operation, and no toil.
    NotToil,
    /// Work that lasts.
    Engineering,
    /// Never toil.
    Overhead,
}

impl Verdict {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Toil => "toil",
            Verdict::Ask => "ask",
            Verdict::NotToil => "ops_novel",
            Verdict::Engineering => "engineering",
            Verdict::Overhead => "overhead",
        }
    }

    /// The class that entries of the task have by it; nothing where that is told from how often it comes.
    #[must_use]
    pub fn class(self) -> Option<Class> {
        Class::parse(self.word())
    }
}

impl Signs {
    /// All with their names.
    pub const NAMES: [(&str, Sign); 9] = [
        ("manual", |signs| &mut signs.manual),
        ("repetitive", |signs| &mut signs.repetitive),
        ("automatable", |signs| &mut signs.automatable),
        ("tactical", |signs| &mut signs.tactical),
        ("no-value", |signs| &mut signs.no_enduring_value),
        ("grows", |signs| &mut signs.grows),
        ("judgement", |signs| &mut signs.needs_judgement),
        ("lasts", |signs| &mut signs.lasts),
        ("overhead", |signs| &mut signs.is_overhead),
    ];

    /// Reads names.
    ///
    /// # Errors
    /// The first that is none.
    pub fn read<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Signs, &'n str> {
        let mut signs = Signs::default();
        for name in names {
            let (_, sign) = Signs::NAMES.iter().find(|(known, _)| *known == name).ok_or(name)?;
            *sign(&mut signs) = true;
        }
        Ok(signs)
    }

    /// How many of the six there are.
    #[must_use]
    pub fn score(&self) -> u32 {
        let signs = [self.manual, self.repetitive, self.automatable, self.tactical, self.no_enduring_value, self.grows];
        signs.into_iter().map(u32::from).sum()
    }

    /// What the task is.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.score() {
            _ if self.is_overhead => Verdict::Overhead,
            _ if self.lasts && !self.repetitive => Verdict::Engineering,
            _ if self.needs_judgement => Verdict::NotToil,
            4.. => Verdict::Toil,
            3 => Verdict::Ask,
            _ => Verdict::NotToil,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_toil_test_score() {
        let all = Signs {
            manual: true,
            repetitive: true,
            automatable: true,
            tactical: true,
            no_enduring_value: true,
            grows: true,
            ..Signs::default()
        };
        assert_eq!((all.score(), all.verdict()), (6, Verdict::Toil));
        let three = Signs { grows: false, tactical: false, no_enduring_value: false, ..all };
        assert_eq!((three.score(), three.verdict()), (3, Verdict::Ask));
        let first_failover = Signs { manual: true, ..Signs::default() };
        assert_eq!((first_failover.score(), first_failover.verdict()), (1, Verdict::NotToil));
        let clean_up = Signs { manual: true, lasts: true, ..Signs::default() };
        assert_eq!(clean_up.verdict(), Verdict::Engineering);
        for overhead in [Signs { is_overhead: true, ..all }, Signs { is_overhead: true, ..Signs::default() }] {
            assert_eq!(overhead.verdict(), Verdict::Overhead);
        }
        assert_eq!(Signs { needs_judgement: true, ..all }.verdict(), Verdict::NotToil);
    }

    #[test]
    fn signs_are_read_by_their_names_and_make_a_class() {
        let class = |names: &str| Signs::read(names.split(',')).unwrap().verdict().class();
        assert_eq!(class("manual,repetitive,tactical,grows"), Some(Class::Toil));
        assert_eq!(class("manual,repetitive,tactical"), None, "how often it comes decides");
        assert_eq!(class("manual"), Some(Class::OpsNovel));
        assert_eq!(class("manual,lasts"), Some(Class::Engineering));
        assert_eq!(Signs::read(["manual", "boring"]), Err("boring"));
    }
}
