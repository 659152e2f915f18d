//! `nines traffic apply PLAN`: exactly what the plan shows, or nothing.

use super::{answer, refused, unexpected};
use crate::cli::args::ApplyArgs;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use crate::cli::traffic::read;
use crate::cli::traffic::words::Tell;
use nines_base::DurationUs;
use nines_base::lang::Message;
use nines_netd::protocol::CONFIRM_SECONDS;
use nines_netd::{Answer, Apply, Request, own_peer, parse_plan};
use nines_traffic::plan::PlanId;
use serde_json::json;

pub(super) fn run(context: &Context, args: ApplyArgs) -> Outcome {
    let confirm_seconds = if args.no_confirm { None } else { Some(seconds(context, &args.confirm)?) };
    let plan = parse_plan(&read(context, &args.plan)?).map_err(|refusal| refused(context, &refusal))?;
    let ApplyArgs { override_guard, if_unaffected, .. } = args;
    let apply = Apply { plan, confirm_seconds, peer: own_peer(), override_guard, if_unaffected };
    match answer(context, &args.netd.socket, &Request::Apply(Box::new(apply)))? {
        Answer::Pending { id, deadline_us } => pending(context, &id, deadline_us, &args.confirm),
        Answer::Settled(Some(id)) => confirmed(context, &id),
        _ => return Err(unexpected(context)),
    }
    context.page("/traffic");
    Ok(Exit::Yes)
}

/// Whole seconds of a time such as `60s`.
pub(super) fn seconds(context: &Context, text: &str) -> Result<u32, Trouble> {
    const SECOND_US: i64 = 1_000_000;
    let bad = || Trouble::new(context.lang, Tell::BadConfirm { text: text.to_owned() }, Tell::BadConfirmHint);
    let DurationUs(us) = text.parse().map_err(|_| bad())?;
    let seconds = u32::try_from(us / SECOND_US).map_err(|_| bad())?;
    if us % SECOND_US == 0 && CONFIRM_SECONDS.contains(&seconds) { Ok(seconds) } else { Err(bad()) }
}

/// A plan that waits for its confirmation.
pub(super) fn pending(context: &Context, id: &PlanId, deadline_us: i64, within: &str) {
    let deadline = jiff::Timestamp::from_microsecond(deadline_us).map(|at| at.to_string()).unwrap_or_default();
    if !context.format.is_table() {
        return context.write(&json!({ "id": id.as_str(), "state": "pending", "deadline": deadline }));
    }
    context.say(&Tell::TakenBackAt { at: crate::words::local_time(&deadline) });
    // The same in every language: scripts read the id from it.
    print(&format!("pending {id}: confirm within {within} with nines traffic confirm {id}\n"));
}

/// A plan that is in force for good.
pub(super) fn confirmed(context: &Context, id: &PlanId) {
    if context.format.is_table() {
        print(&format!("{}\n", Tell::Confirmed { id: id.to_string() }.text(context.lang)));
    } else {
        context.write(&json!({ "id": id.as_str(), "state": "confirmed" }));
    }
}
