//! `nines traffic confirm ID` and `nines traffic rollback ID`: what becomes of a plan that was applied.

use super::{answer, apply, plan_id, unexpected};
use crate::cli::args::RollbackArgs;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome};
use crate::cli::output::print;
use crate::cli::traffic::words::Tell;
use nines_base::lang::Message;
use nines_netd::protocol::RollBack;
use nines_netd::{Answer, Request, own_peer};
use nines_traffic::plan::PlanId;
use serde_json::json;
use std::path::Path;

pub(super) fn confirm(context: &Context, id: &str, socket: &Path) -> Outcome {
    let request = Request::Confirm { id: plan_id(context, id)?, peer: own_peer() };
    let Answer::Settled(Some(id)) = answer(context, socket, &request)? else { return Err(unexpected(context)) };
    apply::confirmed(context, &id);
    context.page("/traffic");
    Ok(Exit::Yes)
}

pub(super) fn roll_back(context: &Context, args: RollbackArgs) -> Outcome {
    let id = plan_id(context, &args.id)?;
    let confirm_seconds = args.confirm.as_deref().map(|text| apply::seconds(context, text)).transpose()?;
    let back = RollBack { id: id.clone(), confirm_seconds, peer: own_peer(), override_guard: args.override_guard };
    match answer(context, &args.netd.socket, &Request::RollBack(Box::new(back)))? {
        Answer::Settled(now) => rolled_back(context, &id, now.as_ref()),
        Answer::Pending { id, deadline_us } => {
            apply::pending(context, &id, deadline_us, args.confirm.as_deref().unwrap_or_default());
        }
        _ => return Err(unexpected(context)),
    }
    context.page("/traffic");
    Ok(Exit::Yes)
}

fn rolled_back(context: &Context, id: &PlanId, now: Option<&PlanId>) {
    if context.format.is_table() {
        let said = match now {
            Some(now) => Tell::RolledBackTo { id: now.to_string() },
            None => Tell::RolledBackToNothing,
        };
        print(&format!("{}\n", said.text(context.lang)));
    } else {
        let confirmed = now.map(PlanId::as_str);
        context.write(&json!({ "id": id.as_str(), "state": "rolled-back", "confirmed": confirmed }));
    }
}
