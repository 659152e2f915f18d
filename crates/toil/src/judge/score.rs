//! Whether a task is toil, by the six signs of the SRE book (chapter 5). No sign is needed and none is enough: four and more
//! are toil, three are a question.

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

impl Signs {
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
}
