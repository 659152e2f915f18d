//! Freezes in force: of files and of commands together.

use super::objects::Freeze;
use nines_base::Timestamp;

/// A freeze that is in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActiveFreeze {
    /// Its name.
    pub name: String,
    /// When it ends, this time.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub by: String,
}

impl Freeze {
    /// Whether it holds for a service and an environment, at some time. One that names an environment also holds
    /// a release that names none, because it might go there.
    pub fn covers(&self, service: &str, env: Option<&str>) -> bool {
        let of_env = match (&self.env, env) {
            (Some(frozen), Some(env)) => frozen == env,
            (Some(_), None) | (None, _) => true,
        };
        of_env && self.services.cover(service)
    }

    /// As it holds at an instant, if it does.
    pub fn active(&self, at: Timestamp) -> Option<ActiveFreeze> {
        let span = self.times.holding(at)?;
        Some(ActiveFreeze {
            name: self.name.clone(),
            until: span.until,
            reason: self.reason.clone(),
            by: self.by.clone(),
        })
    }
}
