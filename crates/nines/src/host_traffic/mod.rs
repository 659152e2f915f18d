//! This host's rules, as the server may tell of them: netd is asked over its socket, and only to read.

mod follow;
mod packet;
mod routes;

pub use follow::JournalFollower;
pub use packet::packet;
pub use routes::is_on;

use nines_api::{AskedPacket, HostTraffic, Untold, UntoldKind};
use nines_netd::{Answer, Fact, Hint, Refusal, Request, ask, shown};
use nines_traffic::plan::PlanId;
use nines_traffic::simulate::packet_line;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long an answer on what holds is good for: pages and scrapers look more often than rules change.
const STATUS_KEPT: Duration = Duration::from_millis(900);

/// What netd tells.
pub struct HostRules {
    socket: PathBuf,
    last: Mutex<Option<(Instant, Value)>>,
}

impl HostRules {
    /// Of the netd at a socket.
    pub fn new(socket: PathBuf) -> HostRules {
        HostRules { socket, last: Mutex::new(None) }
    }

    fn ask(&self, request: &Request) -> Result<Answer, Untold> {
        ask(&self.socket, request).map_err(|refusal| self.untold(&refusal))
    }

    fn untold(&self, refusal: &Refusal) -> Untold {
        let kind = match &refusal.fact {
            Fact::NotRunning { .. } if !self.socket.exists() => UntoldKind::Absent,
            _ if refusal.is_trouble => UntoldKind::Silent,
            _ => UntoldKind::Unknown,
        };
        Untold::new(kind, &refusal.fact, &refusal.hint)
    }
}

impl HostTraffic for HostRules {
    fn status(&self) -> Result<Value, Untold> {
        // Held while netd is asked, so that many readers ask once.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, status)) = &*last
            && at.elapsed() < STATUS_KEPT
        {
            return Ok(status.clone());
        }
        let Answer::Status(status) = self.ask(&Request::Status)? else { return Err(unexpected()) };
        let status: Value = serde_json::from_str(&status).map_err(|_| unexpected())?;
        *last = Some((Instant::now(), status.clone()));
        Ok(status)
    }

    fn plan(&self, id: &str) -> Result<Value, Untold> {
        let unknown = || Untold::new(UntoldKind::Unknown, &Fact::NoSuchPlan { id: id.to_owned() }, &Hint::PlanAgain);
        let request = Request::Show(PlanId::parse(id).ok_or_else(unknown)?);
        let Answer::Planned(plan) = self.ask(&request)? else { return Err(unexpected()) };
        Ok(shown::plan(&plan))
    }

    fn explain(&self, asked: &AskedPacket) -> Result<Value, Untold> {
        let packet = packet(asked).map_err(|fault| Untold::new(UntoldKind::Bad, &fault.fact, &fault.hint))?;
        let line = packet_line(&packet);
        let Answer::Explained(answer) = self.ask(&Request::Explain(Box::new(packet)))? else {
            return Err(unexpected());
        };
        let mut answer: Value = serde_json::from_str(&answer).map_err(|_| unexpected())?;
        answer["packet"] = serde_json::from_str(&line).unwrap_or_default();
        Ok(answer)
    }
}

fn unexpected() -> Untold {
    let fact = Fact::Malformed { reason: "it is no answer to what was asked".to_owned() };
    Untold::new(UntoldKind::Silent, &fact, &Hint::SameVersion)
}
