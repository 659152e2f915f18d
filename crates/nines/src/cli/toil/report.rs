//! `nines toil report` and `next`: one screen.

use super::words::ToilSay;
use super::{TOIL, person};
use crate::cli::args::ReportArgs;
use crate::cli::client::escape;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome};
use crate::cli::output::{Table, print};
use crate::words;
use nines_base::lang::Message;
use serde_json::Value;

/// Width of a bar of the cap, in characters.
const BAR: usize = 24;

pub fn report(context: &Context, args: &ReportArgs) -> Outcome {
    let report = context.client()?.get(&path("report", args))?;
    if !context.format.is_table() {
        context.write(&report);
        return Ok(Exit::Yes);
    }
    if list(&report, "teams").is_empty() {
        context.say(&ToilSay::NothingRecorded);
        return Ok(Exit::Yes);
    }
    let page = Page { context, report: &report };
    let parts = [page.window(), page.teams(), page.own(), page.top(), page.proposals(), page.realised(), page.rest()];
    print(&parts.into_iter().flatten().collect::<Vec<_>>().join("\n"));
    context.page("/toil");
    Ok(Exit::Yes)
}

pub fn next(context: &Context, args: &ReportArgs) -> Outcome {
    let next = context.client()?.get(&path("next", args))?;
    if !context.format.is_table() {
        context.write(&next);
        return Ok(Exit::Yes);
    }
    let items = words::items(&next);
    match (items.is_empty(), next["ranks"].as_bool()) {
        (_, Some(false)) => context.say(&ToilSay::TooLittleKnown),
        (true, _) => context.say(&ToilSay::NothingToPropose),
        _ => _ = print(&proposals(context, &items)),
    }
    Ok(Exit::Yes)
}

fn path(what: &str, args: &ReportArgs) -> String {
    let moment = |text: &Option<String>| text.as_deref().map(super::said::moment);
    let me = (args.me || args.person.is_some()).then(|| person(args.person.clone()));
    let parameters = [
        ("from", moment(&args.from)),
        ("to", moment(&args.to)),
        ("team", args.team.clone()),
        ("task", args.task.clone()),
        ("me", me),
        ("step", args.step.clone()),
    ];
    let given = parameters.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", escape(&value?))));
    format!("{TOIL}/{what}?{}", given.collect::<Vec<_>>().join("&"))
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn figure(value: &Value) -> String {
    value.as_f64().map_or("–".to_owned(), |hours| format!("{hours:.1}"))
}

fn percent(share: &Value) -> String {
    share.as_f64().map_or("–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

/// The parts of the screen; one that has nothing to say is left out.
struct Page<'a> {
    context: &'a Context,
    report: &'a Value,
}

impl Page<'_> {
    fn say(&self, message: &ToilSay) -> String {
        message.text(self.context.lang)
    }

    fn window(&self) -> Option<String> {
        let window = &self.report["window"];
        let day = |name: &str| words::text(window, name).chars().take(10).collect::<String>();
        Some(self.say(&ToilSay::Window { from: day("from"), to: day("to") }) + "\n")
    }

    fn teams(&self) -> Option<String> {
        let mut table = Table::new(&[
            "TEAM", "CAP", ">SHARE", "STATE", ">FLOOR", ">HARD", ">ALL", ">A", ">B", ">C", ">D", ">SWITCH", ">OF",
        ]);
        let mut notes = Vec::new();
        for team in list(self.report, "teams") {
            let hours = &team["countedHours"];
            let name = match words::text(team, "team") {
                name if name.is_empty() => "–".to_owned(),
                name => name,
            };
            let mut row =
                vec![name.clone(), bar(team), percent(&team["share"]), self.state(team), percent(&team["floor"])];
            row.extend(["hard", "all", "A", "B", "C", "D"].map(|part| figure(&hours[part])));
            row.extend([figure(&team["switchHours"]), figure(&team["capacityHours"])]);
            table.row(row);
            notes.extend(self.notes(team, &name));
        }
        Some(table.render() + &notes.concat())
    }

    fn state(&self, team: &Value) -> String {
        let word = match words::text(team, "state").as_str() {
            "over" => ToilSay::Over,
            "watch" => ToilSay::Watch,
            _ => ToilSay::Ok,
        };
        self.say(&word)
    }

    fn notes(&self, team: &Value, name: &str) -> Vec<String> {
        let name = name.to_owned();
        let mut notes = Vec::new();
        if team["state"] == "over" {
            notes.push(ToilSay::OverMeans { team: name.clone() });
        }
        if team["rotationTooSmall"] == true {
            let persons = words::number(team, "nPersons");
            notes.push(ToilSay::RotationTooSmall { team: name.clone(), persons });
        }
        if team["someoneOver"] == true {
            notes.push(ToilSay::SomeoneOver { team: name.clone() });
        }
        if let Some(months) = team["monthsToCap"].as_f64() {
            notes.push(ToilSay::MonthsToCap { team: name, months: format!("{months:.1}") });
        }
        notes.iter().map(|note| format!("  {}\n", self.say(note))).collect()
    }

    fn own(&self) -> Option<String> {
        let own = self.report.get("me")?;
        let (hours, share) = (figure(&own["hours"]["all"]), percent(&own["share"]));
        Some(self.say(&ToilSay::Own { hours, share, state: self.state(own) }) + "\n")
    }

    fn top(&self) -> Option<String> {
        let top = list(self.report, "top");
        if top.is_empty() {
            return (self.report["ranks"] == false).then(|| self.say(&ToilSay::TooLittleKnown) + "\n");
        }
        let mut table = Table::new(&["TOP COST", ">H/YEAR", ">RUNS", ">MIN", "CLASS", "CATEGORY", "GROWS"]);
        for cost in top {
            table.row(vec![
                words::text(cost, "task"),
                figure(&cost["hoursPerYear"]),
                words::number(cost, "runs").to_string(),
                figure(&cost["minutesPerRun"]),
                words::text(cost, "class"),
                words::text(cost, "category"),
                growth(cost),
            ]);
        }
        let mut text = table.render();
        // Asked for one task, there is room for what its growth comes to.
        if let [one] = top {
            let doubled = &one["elasticity"]["hoursAtDouble"];
            if doubled.is_number() {
                text += &format!("  {}\n", self.say(&ToilSay::AtDouble { hours: figure(doubled) }));
            }
        }
        Some(text)
    }

    fn proposals(&self) -> Option<String> {
        let items = list(self.report, "proposals");
        (!items.is_empty()).then(|| proposals(self.context, items))
    }

    fn realised(&self) -> Option<String> {
        let automations = list(self.report, "automations");
        if automations.is_empty() {
            return None;
        }
        let mut table = Table::new(&["AUTOMATED", ">PROMISED H/YEAR", ">REALISED H", ">BUILD H", ">PAID BACK"]);
        for one in automations {
            table.row(vec![
                words::text(one, "task"),
                figure(&one["promisedHoursPerYear"]),
                figure(&one["realisedHours"]),
                figure(&one["buildHours"]),
                percent(&one["paidBack"]),
            ]);
        }
        Some(table.render())
    }

    fn rest(&self) -> Option<String> {
        let mut lines = Vec::new();
        let oncall = &self.report["oncall"];
        if oncall.is_object() {
            let ratio = |name: &str| oncall[name].as_f64().map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
            lines.push(ToilSay::OnCall {
                alerts: words::number(oncall, "alerts"),
                sessions: words::number(oncall, "sessions"),
                of_incident: ratio("alertsPerIncident"),
                of_shift: ratio("incidentsPerShift"),
            });
        }
        if words::number(oncall, "untaken") > 0 {
            lines.push(ToilSay::Untaken { n: words::number(oncall, "untaken") });
        }
        if self.report["coverage"].is_number() {
            let dark = figure(&self.report["darkHours"]);
            lines.push(ToilSay::Coverage { part: percent(&self.report["coverage"]), dark });
        }
        if words::number(self.report, "unread") > 0 {
            lines.push(ToilSay::Unread { n: words::number(self.report, "unread") });
        }
        lines.push(ToilSay::Evidence);
        Some(lines.iter().map(|line| self.say(line) + "\n").collect())
    }
}

/// `▆▆▆▆▏····|`: the share, with the cap at half.
fn bar(team: &Value) -> String {
    let share = team["share"].as_f64().unwrap_or_default().clamp(0.0, 1.0);
    let filled = (share * BAR as f64).round() as usize;
    let mark = |at: usize| match at {
        at if at == BAR / 2 => '|',
        at if at < filled => '#',
        _ => '.',
    };
    (0..BAR).map(mark).collect()
}

fn growth(cost: &Value) -> String {
    let growth = &cost["elasticity"];
    match growth["label"].as_str() {
        Some(label) => {
            let number = |name: &str| growth[name].as_f64().unwrap_or_default();
            format!("{label} ({:.2}, {:.2}–{:.2})", number("beta"), number("low"), number("high"))
        }
        None => words::text(cost, "elasticityLacking"),
    }
}

fn proposals(context: &Context, items: &[Value]) -> String {
    let mut table = Table::new(&["NEXT", "TASK", ">H/YEAR", ">PAYBACK", "WHY"]);
    for item in items {
        let kind = match words::text(item, "kind").as_str() {
            "reject" => ToilSay::Reject,
            "batch" => ToilSay::Batch,
            "fix" => ToilSay::Fix,
            "selfService" => ToilSay::SelfService,
            _ => ToilSay::Automate,
        };
        let weeks = item["paybackWeeks"]
            .as_f64()
            .map_or("–".to_owned(), |weeks| ToilSay::Weeks { weeks: format!("{weeks:.0}") }.text(context.lang));
        table.row(vec![
            kind.text(context.lang),
            words::text(item, "task"),
            figure(&item["hoursPerYear"]),
            weeks,
            words::text(item, "why"),
        ]);
    }
    table.render()
}
