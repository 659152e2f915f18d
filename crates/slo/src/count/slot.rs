//! What one indicator counted since it was last asked: a few stretches of time side by side.

use crate::key::ObjectiveKey;
use crate::model::Counts;
use nines_base::Timestamp;

/// Stretches of time that an indicator counts into side by side, at first and at most: spans of a message
/// end within seconds of each other, those of a late or scattered one within an hour. What does not fit
/// makes the delta longer.
const OPEN_START: usize = 4;
const OPEN_MAX: usize = 512;

/// An indicator.
pub(super) struct Slot {
    pub key: ObjectiveKey,
    /// What came before is counted by somebody else; all of it, where its spans only feed something.
    pub from: Timestamp,
    /// Length of the stretches it counts by, seconds.
    pub grain_s: i64,
    /// Each where its number points modulo the length, a power of two.
    open: Vec<Open>,
    pub first_counted: Option<Timestamp>,
    pub is_first_new: bool,
}

/// A stretch of time that is counted into: a quarter of a cache line.
#[derive(Clone, Copy, Default)]
struct Open {
    /// Which stretch of the indicator's length.
    number: i64,
    good: u32,
    bad: u32,
}

impl Slot {
    pub fn new(key: ObjectiveKey, is_counted: bool) -> Slot {
        Slot {
            key,
            from: Timestamp(if is_counted { i64::MIN } else { i64::MAX }),
            grain_s: 1,
            open: vec![Open::default(); OPEN_START],
            first_counted: None,
            is_first_new: false,
        }
    }

    /// Counts an event; returns a stretch that had to make room, by its first second.
    #[inline]
    pub fn add(&mut self, second: i64, is_good: bool, arrived: Timestamp) -> Option<(i64, Counts)> {
        if self.first_counted.is_none_or(|first| arrived < first) {
            self.first_counted = Some(arrived);
            self.is_first_new = true;
        }
        let number = second.div_euclid(self.grain_s);
        let at = self.place(number);
        let open = &mut self.open[at];
        if open.number == number && open.is_below_limit() {
            open.add(is_good);
            return None;
        }
        self.open_another(number, is_good)
    }

    /// Begins a stretch where there is room, or may be made.
    fn open_another(&mut self, number: i64, is_good: bool) -> Option<(i64, Counts)> {
        let mut at = self.place(number);
        while !self.open[at].is_empty() && self.open[at].number != number && self.open.len() < OPEN_MAX {
            self.widen();
            at = self.place(number);
        }
        let open = &mut self.open[at];
        let full = std::mem::replace(open, Open { number, good: 0, bad: 0 });
        open.add(is_good);
        (!full.is_empty()).then(|| (full.number * self.grain_s, full.counts()))
    }

    #[inline]
    fn place(&self, number: i64) -> usize {
        number as usize & (self.open.len() - 1)
    }

    /// Numbers that had places of their own have them in twice the length too.
    fn widen(&mut self) {
        let length = self.open.len() * 2;
        let narrow = std::mem::replace(&mut self.open, vec![Open::default(); length]);
        for open in narrow.into_iter().filter(|open| !open.is_empty()) {
            let at = self.place(open.number);
            self.open[at] = open;
        }
    }

    /// The stretches that have events, by their first second, emptied.
    pub fn take_open(&mut self) -> impl Iterator<Item = (i64, Counts)> + '_ {
        let grain_s = self.grain_s;
        let filled = self.open.iter_mut().filter(|open| !open.is_empty());
        filled.map(move |open| {
            let Open { number, .. } = *open;
            let full = std::mem::replace(open, Open { number, good: 0, bad: 0 });
            (number * grain_s, full.counts())
        })
    }
}

impl Open {
    fn is_empty(&self) -> bool {
        self.good == 0 && self.bad == 0
    }

    fn is_below_limit(&self) -> bool {
        self.good < u32::MAX && self.bad < u32::MAX
    }

    fn add(&mut self, is_good: bool) {
        self.good += u32::from(is_good);
        self.bad += u32::from(!is_good);
    }

    fn counts(&self) -> Counts {
        Counts { good: u64::from(self.good), bad: u64::from(self.bad) }
    }
}
