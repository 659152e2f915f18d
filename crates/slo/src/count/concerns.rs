//! Which questions a service may concern: what is decided of a shape need not look at the others.

use super::question::Question;
use nines_trace::filter::{Shape, Verdict};
use std::collections::HashMap;

/// A question, by its place in the counter, of which spans of a shape may be valid events, and what the shape answers.
pub(super) type Decided = (u32, [Verdict; 2]);

/// Questions by the services that they name.
#[derive(Default)]
pub(super) struct Concerns {
    /// By service, in lower case: names of services are compared without regard to case.
    of_service: HashMap<String, Vec<u32>>,
    /// Those that name none.
    of_any: Vec<u32>,
}

impl Concerns {
    /// Of questions by their place in the counter.
    pub fn of(questions: &[Option<Question>]) -> Concerns {
        let mut concerns = Concerns::default();
        for (slot, question) in (0u32..).zip(questions) {
            match question.as_ref().map(|question| question.valid().constraints().services) {
                None => {}
                Some(None) => concerns.of_any.push(slot),
                Some(Some(services)) => services.iter().for_each(|service| concerns.add(service, slot)),
            }
        }
        concerns
    }

    fn add(&mut self, service: &str, slot: u32) {
        let slots = self.of_service.entry(service.to_ascii_lowercase()).or_default();
        if slots.last() != Some(&slot) {
            slots.push(slot);
        }
    }

    /// What a shape answers of the questions it may concern, in their order.
    pub fn decide(&self, shape: &dyn Shape, questions: &[Option<Question>]) -> Box<[Decided]> {
        let decided = |slot: u32| Some((slot, questions[slot as usize].as_ref()?.decided_by(shape)?));
        let Some(service) = shape.service() else { return (0..questions.len() as u32).filter_map(decided).collect() };
        let named = self.of_service.get(&service.to_ascii_lowercase()).map_or(&[][..], Vec::as_slice);
        let mut slots: Vec<u32> = named.iter().chain(&self.of_any).copied().collect();
        slots.sort_unstable();
        slots.into_iter().filter_map(decided).collect()
    }
}
