//! A file as trees, with what is wrong with its text said in the words of definitions.

use super::messages::{Fact, Hint};
use nines_base::lang::{Lang, Message};
use nines_yaml::{Mark, Node};
use std::borrow::Cow;

/// A fault that has no property path: the text itself cannot be read at this place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct TextFault {
    pub(super) at: Mark,
    pub(super) fact: Fact,
    pub(super) hint: Hint,
}

impl From<nines_yaml::TextFault> for TextFault {
    fn from(fault: nines_yaml::TextFault) -> TextFault {
        let both = |said: &dyn Message| (said.text(Lang::En), said.text(Lang::Ko));
        let (fact_en, fact_ko) = both(&fault.fact);
        let (hint_en, hint_ko) = both(&fault.hint);
        TextFault {
            at: fault.at,
            fact: Fact::OfText { said_en: fact_en, said_ko: fact_ko },
            hint: Hint::OfText { said_en: hint_en, said_ko: hint_ko },
        }
    }
}

/// The text of a file.
pub(super) fn read_text(bytes: &[u8]) -> Result<Cow<'_, str>, Box<TextFault>> {
    nines_yaml::read_text(bytes).map_err(|fault| Box::new(TextFault::from(*fault)))
}

/// Its documents, and every fault found while reading them.
pub(super) fn read_documents(text: &str) -> (Vec<Node>, Vec<TextFault>) {
    let (documents, faults) = nines_yaml::read_documents(text);
    (documents, faults.into_iter().map(TextFault::from).collect())
}
