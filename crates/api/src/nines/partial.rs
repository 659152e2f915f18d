//! What an answer says when limits or damage keep it from being whole.
//!
//! `partial` lists each gap for programs, and is left out of a whole answer; `cut` says the same in
//! words for people.

use super::problem::Problem;
use nines_base::Lang;
use nines_base::lang::Message;
use nines_storage::{Gap, Gaps, StoreError};
use serde_json::{Value, json};

nines_base::catalogue! {
    /// Why an answer lacks something.
    pub enum Lack {
        Limit { name: String, max: u64 } => {
            en: "cut at the limit {name} = {max}",
            ko: "한도 {name} = {max}에서 잘렸습니다",
        },
        Damaged { place: String, fact: String } => {
            en: "left out what is damaged: {place}: {fact}",
            ko: "손상된 부분을 제외했습니다: {place}: {fact}",
        },
        More { text: String, more: usize } => { en: "{text} (and {more} more)", ko: "{text} (외 {more}건)" },
    }
}

/// Adds `partial` to an answer that is not whole.
pub fn mark(document: &mut Value, gaps: &Gaps) {
    if !gaps.is_empty() {
        document["partial"] = gaps.iter().map(item).collect();
    }
}

/// The gaps in words: the first, and how many there are beside it. Nothing for a whole answer.
pub fn words(gaps: &Gaps, lang: Lang) -> Option<String> {
    let text = lack(gaps.iter().next()?).text(lang);
    match gaps.iter().count() - 1 {
        0 => Some(text),
        more => Some(Lack::More { text, more }.text(lang)),
    }
}

/// What to answer when nothing was found: that nothing is there, or that it could not be told.
pub fn nothing(lang: Lang, gaps: &Gaps, missing: impl FnOnce() -> Problem) -> Problem {
    match gaps.iter().next() {
        Some(Gap::Damaged { place, fact }) => {
            Problem::store(lang, &StoreError::Damaged { place: place.clone(), detail: fact.clone() })
        }
        _ => missing(),
    }
}

fn item(gap: &Gap) -> Value {
    match gap {
        Gap::Limit { name, max } => json!({ "limit": name, "max": max }),
        Gap::Damaged { place, fact } => json!({ "damaged": place, "fact": fact }),
    }
}

fn lack(gap: &Gap) -> Lack {
    match gap {
        Gap::Limit { name, max } => Lack::Limit { name: (*name).to_owned(), max: *max },
        Gap::Damaged { place, fact } => Lack::Damaged { place: place.clone(), fact: fact.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_listed_for_programs_and_said_in_words() {
        let mut gaps = Gaps::default();
        let mut document = json!({ "items": [] });
        mark(&mut document, &gaps);
        assert_eq!((document.clone(), words(&gaps, Lang::En)), (json!({ "items": [] }), None));
        gaps.add(Gap::Limit { name: "spans_per_trace_max", max: 7 });
        assert_eq!(words(&gaps, Lang::Ko).unwrap(), "한도 spans_per_trace_max = 7에서 잘렸습니다");
        gaps.add(Gap::Damaged { place: "a.blk at byte 3".into(), fact: "torn".into() });
        mark(&mut document, &gaps);
        let listed =
            json!([{ "limit": "spans_per_trace_max", "max": 7 }, { "damaged": "a.blk at byte 3", "fact": "torn" }]);
        assert_eq!(document["partial"], listed);
        assert_eq!(words(&gaps, Lang::En).unwrap(), "cut at the limit spans_per_trace_max = 7 (and 1 more)");
    }
}
