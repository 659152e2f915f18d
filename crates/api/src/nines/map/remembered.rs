//! Drawings of the views that people look at, so that the next one moves nobody without need.

use super::choice::{Choice, Chosen};
use nines_trace::layout::{Call, Drawing, Spot, redraw};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Views remembered, the last ones asked for: one takes some 20 KiB at most.
const VIEWS_MAX: usize = 32;

/// The drawings by view; a start begins anew.
#[derive(Default)]
pub struct Drawings(Mutex<Vec<(Choice, BTreeMap<String, Spot>)>>);

impl Drawings {
    /// Draws what was chosen, like the last time it was.
    pub(super) fn draw(&self, choice: &Choice, chosen: &Chosen<'_>) -> Drawing {
        let mut views = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = views.iter().position(|(view, _)| view == choice);
        let spots = last.map(|at| views.remove(at).1).unwrap_or_default();
        let before: Vec<Option<Spot>> = chosen.names.iter().map(|name| spots.get(*name).copied()).collect();
        let place = |name: &str| chosen.names.binary_search(&name).ok();
        let call = |link: &&nines_trace::linker::Link| {
            Some(Call { from: place(&link.parent)?, to: place(&link.child)?, weight: link.calls })
        };
        let calls: Vec<Call> = chosen.links.iter().filter_map(call).collect();
        let drawing = redraw(&calls, &before);
        let names = chosen.names.iter().map(|name| (*name).to_owned());
        views.push((choice.clone(), names.zip(drawing.spots.iter().copied()).collect()));
        if views.len() > VIEWS_MAX {
            views.remove(0);
        }
        drawing
    }
}
