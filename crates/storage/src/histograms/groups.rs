//! A slice summed from a store by a few questions.

use super::sums::{ENTRIES_MAX, EntryKey, OTHER, SliceSums, SpanSums};
use super::{SliceId, Tier};
use crate::aggregate::{Aggregate, AggregateQuery, Dimension, Group, KeyPart};
use crate::store::{SpanStore, StoreError, Window};
use nines_base::Timestamp;
use nines_span::Kind;
use nines_trace::filter::Filter;
use nines_trace::filter::term::{Membership, NameCompare, NameField, Term, Test};
use std::collections::BTreeMap;

/// Services that are asked for one by one, where one question does not tell all operations apart.
const SERVICES_ASKED_MAX: usize = 1000;

/// Sums the spans that started in a five-minute slice. One question tells it nearly always; where there are more groups
/// than it holds, each service is asked for, the largest first, and what no question told apart is counted under
/// [`OTHER`]. `rest` is called between two questions, and says whether to go on; `None` where it did not.
pub fn sum_slice(
    store: &dyn SpanStore,
    id: SliceId,
    rest: &mut dyn FnMut() -> bool,
) -> Result<Option<SliceSums>, StoreError> {
    debug_assert_eq!(id.tier, Tier::FiveMinutes);
    let window = Window { from: id.begin, to: Timestamp(id.end().0 - 1) };
    let mut summing = Summing { store, window, sums: SliceSums::default() };
    let all = summing.ask(Filter::from_terms(Vec::new()), &[Dimension::Service])?;
    if all.rest_groups == 0 {
        summing.take(&all.groups, None);
    } else if !summing.ask_each_service(rest)? {
        return Ok(None);
    }
    summing.sums.keep_to_limits();
    Ok(Some(summing.sums))
}

/// What a slice is told apart by, beside its service.
const OF_SERVICE: [Dimension; 3] = [Dimension::Op, Dimension::Kind, Dimension::Error];

struct Summing<'s> {
    store: &'s dyn SpanStore,
    window: Window,
    sums: SliceSums,
}

impl Summing<'_> {
    /// Asks for groups by some dimensions, then operation, kind and verdict.
    fn ask(&mut self, filter: Filter, by: &[Dimension]) -> Result<Aggregate, StoreError> {
        self.ask_by(filter, by.iter().chain(&OF_SERVICE).cloned().collect())
    }

    fn ask_by(&mut self, filter: Filter, by: Vec<Dimension>) -> Result<Aggregate, StoreError> {
        let answer = self.store.aggregate(&AggregateQuery::to_sum(filter, self.window, by))?;
        // That there are more groups than are held is seen by the rest, and asked for again.
        let is_of_number = |gap: &crate::Gap| matches!(gap, crate::Gap::Limit { name: "groups_held_max", .. });
        self.sums.has_gaps |= answer.gaps.iter().any(|gap| !is_of_number(gap));
        Ok(answer.value)
    }

    /// Takes groups in, of one service or each with its own.
    fn take(&mut self, groups: &[Group], service: Option<&str>) {
        for group in groups {
            let mut parts = group.key.iter();
            let service = service.map_or_else(|| text(parts.next()), str::to_owned);
            let op = text(parts.next());
            let (kind, is_error) = (kind(parts.next()), is_error(parts.next()));
            self.sums.add(EntryKey { service, op, kind, is_error }, &SpanSums::from(&group.sums));
        }
    }

    /// Whether it went on to the end.
    fn ask_each_service(&mut self, rest: &mut dyn FnMut() -> bool) -> Result<bool, StoreError> {
        let services = self.ask_by(Filter::from_terms(Vec::new()), vec![Dimension::Service])?;
        let named = services.groups.iter().map(|group| text(group.key.first())).filter(|name| !name.is_empty());
        for service in named.take(SERVICES_ASKED_MAX) {
            if !rest() {
                return Ok(false);
            }
            if self.sums.entries.len() < ENTRIES_MAX {
                self.ask_service(&service)?;
            }
        }
        let counted = by_verdict(&self.sums, |_| true);
        self.count_rest(Filter::from_terms(Vec::new()), OTHER, counted)?;
        Ok(true)
    }

    fn ask_service(&mut self, service: &str) -> Result<(), StoreError> {
        // A filter takes services without regard to case: another spelling of one that was asked for is counted with it.
        if self.sums.entries.keys().any(|key| key.service.eq_ignore_ascii_case(service)) {
            return Ok(());
        }
        let told = self.ask(of_service(service), &[])?;
        self.take(&told.groups, Some(service));
        if told.rest_groups > 0 {
            let counted = by_verdict(&self.sums, |key| key.service == service);
            self.count_rest(of_service(service), service, counted)?;
        }
        Ok(())
    }

    /// Counts what a filter holds on and nothing told apart, by kind and verdict.
    fn count_rest(
        &mut self,
        filter: Filter,
        service: &str,
        counted: BTreeMap<(Kind, bool), SpanSums>,
    ) -> Result<(), StoreError> {
        let all = self.ask_by(filter, vec![Dimension::Kind, Dimension::Error])?;
        for group in &all.groups {
            let (kind, is_error) = (kind(group.key.first()), is_error(group.key.get(1)));
            let told = counted.get(&(kind, is_error)).cloned().unwrap_or_default();
            let key = EntryKey { service: service.to_owned(), op: OTHER.into(), kind, is_error };
            self.sums.add(key, &SpanSums::from(&group.sums).without(&told));
        }
        Ok(())
    }
}

fn by_verdict(sums: &SliceSums, wanted: impl Fn(&EntryKey) -> bool) -> BTreeMap<(Kind, bool), SpanSums> {
    let mut counted: BTreeMap<(Kind, bool), SpanSums> = BTreeMap::new();
    for (key, sums) in sums.entries.iter().filter(|(key, _)| wanted(key)) {
        counted.entry((key.kind, key.is_error)).or_default().add(sums);
    }
    counted
}

fn of_service(service: &str) -> Filter {
    let names = Membership { any_of: vec![service.to_owned()], inverted: false };
    Filter::from_terms(vec![Term::new(Test::Name { field: NameField::Service, compare: NameCompare::In(names) })])
}

fn text(part: Option<&KeyPart>) -> String {
    match part {
        Some(KeyPart::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn kind(part: Option<&KeyPart>) -> Kind {
    match part {
        Some(KeyPart::Kind(kind)) => *kind,
        _ => Kind::Unspecified,
    }
}

fn is_error(part: Option<&KeyPart>) -> bool {
    matches!(part, Some(KeyPart::Error(true)))
}
