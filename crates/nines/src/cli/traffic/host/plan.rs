//! `nines traffic plan FILE`: what an intent file would change on this host, and the plan that does just that.

use super::{answer, others, unexpected};
use crate::cli::args::Shown;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::{Table, print};
use crate::cli::traffic::rules::{Intended, read_intents};
use crate::cli::traffic::words::Tell;
use crate::cli::traffic::{read, refused, services, tell, write_file};
use crate::host_traffic::is_on;
use nines_base::lang::Message;
use nines_netd::{Answer, Request, own_peer, shown};
use nines_traffic::intent::{Intents, Want};
use nines_traffic::nft::text::render_table;
use nines_traffic::plan::{Asked, Fates, Plan, RuleChange, write_plan};
use nines_traffic::{Severity, analyse};
use std::path::Path;

/// Packets that are told for people; programs get all that the plan has.
const FATES_TOLD_MAX: usize = 20;

pub(super) fn run(context: &Context, file: &Path, out: Option<&Path>, show: Option<Shown>, socket: &Path) -> Outcome {
    let bytes = read(context, file)?;
    let Intended { intents, mut findings, lists } = read_intents(file, &bytes);
    let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    if !is_wrong {
        findings.extend(analyse::intents(&intents));
    }
    tell(context, &findings);
    if is_wrong {
        return refused();
    }
    // What could be read without a fault is text.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let operator = own_peer().map(|peer| peer.operator());
    let services = Asked::services_of(&text, &services());
    let asked = Asked { file: file.display().to_string(), text, services, lists, operator };
    let Answer::Planned(plan) = answer(context, socket, &Request::Plan(asked))? else {
        return Err(unexpected(context));
    };
    if let Some(out) = out {
        write_file(context, out, &write_plan(&plan))?;
    }
    write(context, &plan, show)?;
    say_next(context, &plan, &intents, out);
    Ok(if plan.changes.is_empty() { Exit::Yes } else { Exit::No })
}

fn write(context: &Context, plan: &Plan, show: Option<Shown>) -> Result<(), Trouble> {
    let table = || plan.asked.wanted().map(|wanted| render_table(&wanted.table)).map_err(|_| unexpected(context));
    let nft = show.map(|Shown::Nft| table()).transpose()?;
    if context.format.is_table() {
        print(&text(context, plan));
        print(&nft.map(|nft| format!("\n{nft}")).unwrap_or_default());
    } else {
        let mut document = shown::plan(plan);
        document["nft"] = nft.into();
        context.write(&document);
    }
    Ok(())
}

/// What is done next, and what stands in its way.
fn say_next(context: &Context, plan: &Plan, intents: &Intents, out: Option<&Path>) {
    settings_to_change(intents).into_iter().for_each(|setting| context.say(&Tell::NoForwarding { setting }));
    context.page(&format!("/traffic/plan/{}", plan.id()));
    match out {
        Some(path) if !plan.changes.is_empty() => context.say(&Tell::ApplyWith { path: path.display().to_string() }),
        None if !plan.changes.is_empty() => context.say(&Tell::KeepWithOut),
        _ => (),
    }
}

/// Settings of the kernel without which packets are not taken to other hosts.
fn settings_to_change(intents: &Intents) -> Vec<String> {
    let to = intents.inbound.iter().filter_map(|rule| match &rule.want {
        Want::Forward { address, .. } => Some(address.is_ipv4()),
        _ => None,
    });
    let mut settings: Vec<&str> = to
        .map(|is_v4| if is_v4 { "net.ipv4.ip_forward" } else { "net.ipv6.conf.all.forwarding" })
        .filter(|setting| !is_on(setting))
        .collect();
    settings.sort_unstable();
    settings.dedup();
    settings.into_iter().map(str::to_owned).collect()
}

fn text(context: &Context, plan: &Plan) -> String {
    let lang = context.lang;
    let (id, file) = (plan.id().to_string(), plan.asked.file.clone());
    let mut lines = vec![Tell::Planned { id, file, generation: plan.ground.generation }.text(lang), String::new()];
    if plan.changes.is_empty() {
        lines.push(Tell::NoChanges.text(lang));
    }
    lines.extend(plan.changes.rules.iter().flat_map(rule));
    let sets = plan.changes.sets.iter();
    lines.extend(
        sets.map(|set| {
            Tell::SetChanges { name: set.name.clone(), added: set.n_added, removed: set.n_removed }.text(lang)
        }),
    );
    lines.extend(fates(context, &plan.changes.fates));
    let others = others::lines(context, &shown::plan(plan));
    if !others.is_empty() {
        lines.push(String::new());
    }
    lines.extend(others);
    lines.join("\n") + "\n"
}

/// `+ inbound/1`, `- inbound/1` or `~ inbound/1`, and below it what the kernel holds of it and would hold.
fn rule(change: &RuleChange) -> Vec<String> {
    let sign = match (change.before.is_empty(), change.after.is_empty()) {
        (true, _) => '+',
        (_, true) => '-',
        _ => '~',
    };
    let before = change.before.iter().filter(|line| !change.after.contains(line)).map(|line| format!("    - {line}"));
    let after = change.after.iter().filter(|line| !change.before.contains(line)).map(|line| format!("    + {line}"));
    std::iter::once(format!("{sign} {}", change.id)).chain(before).chain(after).collect()
}

fn fates(context: &Context, fates: &Fates) -> Vec<String> {
    if fates.n_changed == 0 {
        return Vec::new();
    }
    let mut table = Table::new(&["  PACKET", "BEFORE", "AFTER"]);
    for fate in fates.shown.iter().take(FATES_TOLD_MAX) {
        table.row(vec![format!("  {}", fate.packet), fate.before.clone(), fate.after.clone()]);
    }
    let head = Tell::Fates { changed: fates.n_changed, tried: fates.n_tried }.text(context.lang);
    let more = (fates.n_changed as usize).saturating_sub(FATES_TOLD_MAX);
    let more = (more > 0).then(|| format!("  {}", Tell::MoreFates { more }.text(context.lang)));
    [String::new(), head, table.render().trim_end().to_owned()].into_iter().chain(more).collect()
}
