//! Spans side by side, as a column store holds them: a reader that wants those of few operations passes over the others
//! without looking at a span.

use crate::fields::SpanFields;
use nines_base::Timestamp;

/// Spans that stand side by side and arrived together.
pub trait SpanRun {
    /// When they arrived.
    fn arrived(&self) -> Timestamp;

    /// How many they are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shows one of them.
    fn show(&self, at: usize, look: &mut dyn FnMut(&dyn SpanFields));

    /// The numbering of their classes and the operation of each, if whoever holds them gives out numbers: see
    /// [`crate::Class`].
    fn operations(&self) -> Option<(u64, &[u32])> {
        None
    }
}

/// A span by itself.
impl<S: SpanFields> SpanRun for (Timestamp, &S) {
    fn arrived(&self) -> Timestamp {
        self.0
    }
    fn len(&self) -> usize {
        1
    }
    fn show(&self, _at: usize, look: &mut dyn FnMut(&dyn SpanFields)) {
        look(self.1);
    }
}
