//! The HTTP surface: Zipkin's read API, ours at `/api/nines/v1`, live events, the page.
//!
//! Wire shapes live here and nowhere else. Does not know how spans are stored or counted, nor how the
//! process was configured: it is handed an [`App`].
//!
//! Start reading at [`front()`].

mod app;
mod colors;
mod front;
mod host_traffic;
mod methods;
mod metrics_export;
mod nines;
mod origins;
mod page;
mod process;
mod requests;
mod router;
mod self_tracing;
mod zipkin;

pub use app::{App, Keep, Notifying, Settings, TargetState, ZipkinSettings};
pub use colors::Colors;
pub use front::Front;
pub use host_traffic::{AskedPacket, HostTraffic, Untold, UntoldKind};
pub use metrics_export::{ExportState, export_metrics};
pub use nines::{DeploymentReviews, Drawings, Evidence, Recent, ToilBook};
pub use origins::Origins;
pub use requests::Requests;
pub use router::{front, front_of_doors};
pub use self_tracing::{Reporter, SelfTracing, Tracer};
