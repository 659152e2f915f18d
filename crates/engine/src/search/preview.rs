//! Which traces of a row group have a row for each clause, told from the group's outline and from the
//! columns that the clauses name: a search for something rare would else unpack everything to find nothing.

use super::clause::Asker;
use crate::aggregate::{PickedRows, Source, needs_whole_row, tag_key};
use crate::block::{BlockTables, Group, PickedValues, ValueKey};
use nines_span::error;
use nines_trace::filter::term::{Flag, ZipkinTest};
use nines_trace::filter::{Filter, Test, Verdict};

/// What of a group a search has to look at.
pub struct Preview {
    /// Tags whose values the clauses ask for, sorted.
    keys: Vec<String>,
    /// Whether a row may have to be asked for its duration.
    pub asks_duration: bool,
    /// Whether an outline and values tell all that the clauses ask.
    pub is_enough: bool,
}

/// Traces of a group that clauses found rows in.
pub struct Candidates {
    /// For each trace: whether every clause did.
    pub all: Vec<bool>,
    /// For each trace: whether the first one did.
    pub first: Vec<bool>,
}

impl Preview {
    /// What the clauses of a search look at.
    pub fn new(clauses: &[Filter]) -> Preview {
        let tests = || clauses.iter().flat_map(|clause| clause.terms()).map(|term| &term.test);
        let mut keys: Vec<String> = tests().filter_map(tag_key).map(str::to_owned).collect();
        if tests().any(|test| matches!(test, Test::Flag(Flag::Error))) {
            keys.extend(error::TAGS_CONSULTED.iter().map(|key| (*key).to_owned()));
        }
        keys.sort_unstable();
        keys.dedup();
        Preview { asks_duration: tests().any(asks_duration), is_enough: !tests().any(needs_whole_row), keys }
    }

    /// Whether an outline is worth its reading before the frame: where operations and shapes decide, most
    /// groups that come this far have hits, and need their frame anyway.
    pub fn is_worth_outline(&self) -> bool {
        self.is_enough && (self.asks_duration || !self.keys.is_empty())
    }

    /// Whether the values of a column are looked at.
    pub fn wants(&self, column: &ValueKey, tables: &BlockTables) -> bool {
        let tag = column.tag().map(|name| tables.tables.names.get(name));
        tag.is_some_and(|tag| self.keys.binary_search_by(|key| key.as_str().cmp(tag)).is_ok())
    }

    /// Whether a row has to be asked for a value. `verdicts` are those of each clause for each row.
    pub fn needs_values(&self, verdicts: &[Vec<Verdict>]) -> bool {
        !self.keys.is_empty() && verdicts.iter().flatten().any(|verdict| *verdict == Verdict::AskSpan)
    }
}

/// Whether a test looks at a span's duration.
pub fn asks_duration(test: &Test) -> bool {
    matches!(test, Test::Duration(_) | Test::Zipkin(ZipkinTest::Duration { .. }))
}

impl Candidates {
    /// Asks every row of a group that operation and shape do not decide. `values` are those that
    /// [`Preview::wants`], if any row needs them; `verdicts` are those of each clause for each row.
    pub fn find(
        outline: &Group,
        values: Option<&PickedValues>,
        askers: &[Asker<'_>],
        verdicts: &[Vec<Verdict>],
    ) -> Candidates {
        let source = PickedRows { outline, values };
        let mut found = Candidates { all: vec![true; outline.n_traces()], first: vec![true; outline.n_traces()] };
        for (clause_idx, (asker, verdicts)) in askers.iter().zip(verdicts).enumerate() {
            for trace_idx in 0..outline.n_traces() {
                let is_needed = clause_idx == 0 || found.all[trace_idx];
                let holds_on = |row: u32| match verdicts[row as usize] {
                    Verdict::Never => false,
                    Verdict::Always => true,
                    Verdict::AskSpan => asker.matches_span(&source.fields(row)),
                };
                let holds = is_needed && outline.rows_of(trace_idx).any(holds_on);
                found.all[trace_idx] &= holds;
                if clause_idx == 0 {
                    found.first[trace_idx] = holds;
                }
            }
        }
        found
    }
}
