//! What every crate of nines shares: ids, time, clock, disk, languages, numbers as people read them.
//!
//! Knows nothing of spans, SLOs, HTTP or storage, and depends on `std` alone. Clock and disk are
//! parameters everywhere above, so calendars and crashes can be simulated; their real forms live
//! here and are chosen once, in the binary.
//!
//! Start reading at [`id`] and [`time`].

pub mod clock;
pub mod figures;
pub mod id;
pub mod invariant;
pub mod lang;
pub mod time;
pub mod vfs;

pub use clock::{Clock, ManualClock, SystemClock};
pub use id::{IdError, SpanId, TraceId};
pub use lang::Lang;
pub use time::{DurationUs, FineMicros, NotADuration, Timestamp};
pub use vfs::Vfs;
