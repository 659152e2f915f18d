use super::*;
use crate::book::{CAPACITY, PULSE, RECORDED, TASK, batch_payload};
use crate::judge::cap::Standing;
use crate::judge::elasticity::{Label, Lacking};
use crate::record::PageRecord;
use crate::record::json::read_record;
use nines_base::{Lang, Timestamp, lang::Message};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 1440 * MINUTE;
const WEEK_US: i64 = 7 * DAY;

/// A book being written, with a clock for what is said of no time.
#[derive(Default)]
struct Writer {
    book: Book,
    n: u64,
}

impl Writer {
    /// An entry of so many minutes at a moment.
    fn entry(&mut self, at: i64, minutes: i64, fields: Value) {
        self.n += 1;
        let start = jiff::Timestamp::from_microsecond(at).unwrap().to_string();
        let mut json = json!({
            "source": "csv", "extId": self.n.to_string(), "person": "ana", "team": "pay", "task": "certs", "class": "toil",
            "evidence": "C", "start": start, "attendedSeconds": minutes * 60,
        });
        for (name, value) in fields.as_object().unwrap() {
            json[name] = value.clone();
        }
        let record = read_record(&json).unwrap();
        self.book.fold(self.n, RECORDED, Timestamp(at), &batch_payload(&record.person, &[&record]));
    }

    fn say(&mut self, kind: &str, at: i64, payload: Value) {
        self.n += 1;
        self.book.fold(self.n, kind, Timestamp(at), &payload.to_string());
    }

    fn page(&mut self, at: i64, minutes: i64) {
        self.book.take_page(PageRecord {
            source: "alertmanager".into(),
            fingerprint: at.to_string(),
            name: "DiskWillFill".into(),
            team: "pay".into(),
            service: "pay-api".into(),
            fired: Timestamp(at),
            resolved: Some(Timestamp(at + minutes * MINUTE)),
            acknowledged: Some((Timestamp(at), "ana".to_owned())),
        });
    }

    fn report(&mut self, weeks: i64) -> Report {
        self.report_with(weeks, None, &NothingKnown, &NothingKnown)
    }

    fn report_with(&mut self, weeks: i64, me: Option<&str>, requests: &dyn Requests, burned: &dyn Burned) -> Report {
        let window = Window { from: Timestamp(0), to: Timestamp(weeks * WEEK_US) };
        let ask =
            Ask { window, team: None, task: None, me, step: WEEK, requests, burned, is_off_hours: &|at| at.0 % 2 == 0 };
        report(&mut self.book, &ask)
    }
}

/// The same share of a budget for every time.
struct Always(Option<f64>);

impl Burned for Always {
    fn percent(&self, service: &str, _: Window) -> Option<f64> {
        assert_eq!(service, "pay-api");
        self.0
    }
}

/// Requests of each week.
struct Weekly(Vec<f64>);

impl Requests for Weekly {
    fn by_step(&self, _: Option<&str>, _: Window, _: DurationUs) -> Vec<Option<f64>> {
        self.0.iter().map(|n| Some(*n)).collect()
    }
}

#[test]
fn vector_t1_of_a_ledger_is_what_the_report_says() {
    let mut writer = Writer::default();
    // 150 hours each in 13 weeks, spent in pieces of an hour.
    for (person, hours) in [("ana", 22), ("ben", 88), ("cho", 45), ("dev", 61)] {
        writer.say(CAPACITY, 0, json!({ "team": "pay", "person": person, "hoursPerWeek": 150.0 / 13.0 }));
        (0..hours).for_each(|hour| writer.entry(hour * 120 * MINUTE, 60, json!({ "person": person })));
    }
    let report = writer.report(13);
    let [team] = report.teams.as_slice() else { panic!("{:?}", report.teams) };
    assert!((team.share - 0.36).abs() < 1e-9 && (team.capacity_hours - 600.0).abs() < 1e-9);
    assert_eq!((team.standing, team.is_someone_over, team.floor), (Standing::Watch, true, Some(0.5)));
    assert!((team.gini.unwrap() - 0.247_685).abs() < 1e-6);
    assert!((team.counted.all() - 216.0).abs() < 1e-9 && team.counted.hard() == 0.0);
}

#[test]
fn vector_t6_of_answers_beside_the_ledger() {
    let mut writer = Writer::default();
    for person in ["ana", "ben", "cho", "dev"] {
        writer.say(CAPACITY, 0, json!({ "team": "pay", "person": person, "hoursPerWeek": 150.0 / 13.0 }));
        (0..54).for_each(|hour| writer.entry(hour * 120 * MINUTE, 60, json!({ "person": person })));
    }
    for (who, percent) in [("a", 40.0), ("b", 50.0)] {
        writer.say(PULSE, DAY, json!({ "team": "pay", "who": who, "percent": percent, "blocked": who == "a" }));
    }
    let coverage = writer.report(13).coverage.unwrap();
    assert!((coverage.part - 0.8).abs() < 1e-9 && (coverage.dark_hours - 54.0).abs() < 1e-6);
    assert_eq!((coverage.n_answers, coverage.n_blocked, coverage.ranks()), (2, 1, true));
}

#[test]
fn nothing_is_ranked_where_less_than_half_is_known() {
    let mut writer = Writer::default();
    (0..30).for_each(|n| writer.entry(n * DAY, 60, json!({})));
    assert_eq!((writer.report(13).top.len(), writer.report(13).proposals.len()), (1, 1));
    writer.say(PULSE, DAY, json!({ "team": "pay", "who": "a", "percent": 90 }));
    let report = writer.report(13);
    assert!(report.coverage.unwrap().part < 0.5 && report.top.is_empty() && report.proposals.is_empty());
    let week = writer.report(1);
    assert!(week.coverage.is_none() && !week.top.is_empty(), "answers are about two weeks");
}

#[test]
fn vector_t11_of_pages_that_never_mattered_is_proposed_to_be_rejected() {
    let mut writer = Writer::default();
    (0..7).for_each(|n| writer.page(n * 3 * DAY, 18));
    let proposal = |writer: &mut Writer, burned| {
        writer.report_with(4, None, &NothingKnown, &Always(burned)).proposals.into_iter().next().unwrap()
    };
    let rejected = proposal(&mut writer, Some(0.02));
    assert_eq!((rejected.kind, rejected.task.as_str()), (Kind::Reject, "DiskWillFill"));
    assert!((rejected.hours_a_year - 42.466_666_667).abs() < 1e-6);
    let why = rejected.why.text(Lang::En);
    assert!(why.contains("7 pages") && why.contains("0.02 %") && why.contains("pay-api"), "{why}");
    assert_eq!(proposal(&mut writer, Some(0.5)).kind, Kind::Fix, "it burned");
    assert_eq!(proposal(&mut writer, None).kind, Kind::Fix, "nobody measured");
}

#[test]
fn each_sort_of_toil_has_its_proposal_in_the_order_to_try_them() {
    let mut writer = Writer::default();
    for n in 0..30 {
        let at = n * 2 * DAY;
        writer.entry(at, 20, json!({ "task": "deploy", "category": "release" }));
        writer.entry(at + 60 * MINUTE, 5, json!({ "task": "questions", "interrupt": true, "category": "interrupt" }));
        writer.entry(at + 200 * MINUTE, 5, json!({ "task": "questions", "interrupt": true, "category": "interrupt" }));
        writer.entry(at + 300 * MINUTE, 10, json!({ "task": "quota", "category": "business_process" }));
        writer.entry(at + 320 * MINUTE, 10, json!({ "task": "edit:conf/limits.yaml", "category": "capacity_cost" }));
        writer.entry(at + 340 * MINUTE, 10, json!({ "task": "stuck", "category": "opaque_debug" }));
        writer.entry(at + 360 * MINUTE, 1, json!({ "task": "tiny", "category": "other" }));
    }
    let proposals = writer.report(13).proposals;
    let told: Vec<(Kind, &str)> = proposals.iter().map(|one| (one.kind, one.task.as_str())).collect();
    assert_eq!(
        told,
        [
            (Kind::Batch, "questions"),
            (Kind::Fix, "stuck"),
            (Kind::SelfService, "edit:conf/limits.yaml"),
            (Kind::SelfService, "quota"),
            (Kind::Automate, "deploy"),
        ]
    );
    // Sixty interrupts on thirty days: thirty switches of ten minutes in a quarter.
    assert!((proposals[0].hours_a_year - 20.0).abs() < 1e-9);
    // 120 runs a year of 20 minutes, 80 % of them, less a fifth of 16 hours.
    assert!((proposals[4].hours_a_year - (0.8 * 40.0 - 3.2)).abs() < 1e-9);
    assert!((proposals[4].payback_weeks.unwrap() - 52.0 * 16.0 / 28.8).abs() < 1e-9);
    assert!((proposals[4].naive_payback_weeks.unwrap() - 52.0 * 16.0 / 40.0).abs() < 1e-9);
}

#[test]
fn what_is_rejected_or_automated_is_not_proposed_again() {
    let mut writer = Writer::default();
    (0..30).for_each(|n| writer.entry(n * DAY, 30, json!({})));
    assert_eq!(writer.report(13).proposals.len(), 1);
    for (status, n_proposals) in [("rejected", 0), ("automating", 1), ("automated", 0), ("open", 1)] {
        writer.say(TASK, 0, json!({ "task": "certs", "status": status }));
        assert_eq!(writer.report(13).proposals.len(), n_proposals, "{status}");
    }
}

#[test]
fn vector_t8_of_runs_by_a_machine_is_what_was_realised() {
    let mut writer = Writer::default();
    (0..12).for_each(|n| writer.entry(n * DAY, 25, json!({ "task": "pay-restart" })));
    let shipped = 20 * DAY;
    let said = json!({ "task": "pay-restart", "status": "automated", "buildHours": 46, "minutesAfter": 2 });
    writer.say(TASK, shipped, said);
    for n in 0..52 {
        let run = json!({
            "run": format!("r-{n}"), "runbook": "pay-restart", "mode": "auto", "outcome": "finished", "attendedSeconds": 90,
        });
        writer.say("run.finished", shipped + n * DAY / 4, run);
    }
    let realised = writer.report(13).realised;
    let [one] = realised.as_slice() else { panic!("{realised:?}") };
    assert!((one.hours - 20.366_666_7).abs() < 1e-6 && (one.paid_back.unwrap() - 0.442_753).abs() < 1e-6);
    assert_eq!((one.n_runs, one.minutes), (52, [25.0, 1.5]));
    assert!(one.promised_hours.unwrap() > 0.0);
}

#[test]
fn vector_elasticity_row_4_of_a_ledger_beside_its_traffic() {
    let hours = [5.2, 5.9, 7.4, 7.7, 9.3, 9.8, 12.4, 13.6];
    let requests = [10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 24.0, 28.0].map(|millions| millions * 1e6);
    let mut writer = Writer::default();
    for (week, hours) in (0..).zip(hours) {
        let minutes = (hours * 60.0_f64).round() as i64;
        (0..6).for_each(|n| writer.entry(week * WEEK_US + n * DAY, minutes / 6, json!({})));
    }
    let growth = |writer: &mut Writer, requests: &[f64]| {
        let report = writer.report_with(8, None, &Weekly(requests.to_vec()), &NothingKnown);
        (report.top[0].growth.unwrap(), report.teams[0].months_to_cap)
    };
    let (grown, months) = growth(&mut writer, &requests);
    let grown = grown.unwrap();
    assert!((grown.elasticity.beta - 0.9673).abs() < 1e-3 && grown.elasticity.label == Label::Linear);
    assert!((grown.intensity[0] - 0.52).abs() < 1e-3 && (grown.intensity[1] - 0.4857).abs() < 1e-3);
    assert!(months.is_some_and(|months| months > 0.0));
    assert!((grown.hours_at_double - 27.1116).abs() < 0.05, "{}", grown.hours_at_double);
    assert_eq!(growth(&mut writer, &requests[..7]).0, Err(Lacking::Weeks(7)));
    let steady = [10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 10.7].map(|millions| millions * 1e6);
    assert!(matches!(growth(&mut writer, &steady).0, Err(Lacking::Spread(spread)) if spread < 1.3));
}

#[test]
fn what_grows_as_traffic_does_frees_more_in_later_years() {
    let mut writer = Writer::default();
    let three_years = |writer: &mut Writer, requests: &dyn Requests| {
        let proposals = writer.report_with(8, None, requests, &NothingKnown).proposals;
        (proposals[0].kind, proposals[0].hours_a_year, proposals[0].three_years_hours)
    };
    for week in 0..8 {
        (0..6 + week).for_each(|n| writer.entry(week * WEEK_US + n * DAY / 2, 30, json!({})));
    }
    let growing = Weekly((0..8).map(|week| f64::from(6 + week) * 1e6).collect());
    let (kind, a_year, three) = three_years(&mut writer, &growing);
    // Ten weeks double it, and no more than double in a year is believed: 1 + 2 + 4 times.
    let runs_a_year = f64::from((0..8).map(|week| 6 + week).sum::<i32>()) * 52.0 / 8.0;
    let freed = 0.8 * runs_a_year * 0.5;
    assert_eq!(kind, Kind::Automate);
    assert!((a_year - (freed - 3.2)).abs() < 1e-9);
    assert!((three.unwrap() - (7.0 * freed - 3.0 * 3.2)).abs() < 1e-9, "{three:?}");
    assert_eq!(three_years(&mut writer, &NothingKnown).2, None);
    let steady = Weekly((0..8).map(|week| f64::from(20 - week) * 1e6).collect());
    assert_eq!(three_years(&mut writer, &steady).2, None, "traffic falls");
}

#[test]
fn what_reaches_over_the_edge_of_the_window_counts_within_it() {
    let mut writer = Writer::default();
    writer.entry(-30 * MINUTE, 60, json!({}));
    writer.entry(WEEK_US - 20 * MINUTE, 60, json!({}));
    writer.entry(2 * WEEK_US, 60, json!({}));
    let all = writer.report(1).teams[0].counted.all();
    assert!((all - 50.0 / 60.0).abs() < 1e-9);
}

#[test]
fn toi_2_a_team_of_two_says_nothing_from_which_one_could_tell_the_other() {
    let mut writer = Writer::default();
    for n in 0..100 {
        writer.entry(n * 100 * MINUTE, 90, json!({ "person": "ana" }));
        writer.entry(n * 100 * MINUTE, 5, json!({ "person": "ben" }));
    }
    let team = |writer: &mut Writer| writer.report(1).teams[0].clone();
    let of_two = team(&mut writer);
    assert_eq!((of_two.n_persons, of_two.gini, of_two.is_someone_over), (2, None, false));
    writer.entry(0, 5, json!({ "person": "cho" }));
    let of_three = team(&mut writer);
    assert!(of_three.gini.is_some() && of_three.is_someone_over);
}

#[test]
fn whoever_does_engineering_or_is_said_to_have_time_is_one_of_the_team() {
    let mut writer = Writer::default();
    writer.entry(0, 60 * 20, json!({}));
    writer.entry(DAY, 60, json!({ "person": "ben", "class": "engineering" }));
    writer.say(CAPACITY, 0, json!({ "team": "pay", "person": "cho", "hoursPerWeek": 20.0 }));
    writer.say(CAPACITY, 0, json!({ "team": "web", "person": "dev", "hoursPerWeek": 30.0 }));
    let report = writer.report(1);
    let [pay, web] = report.teams.as_slice() else { panic!("{:?}", report.teams) };
    assert_eq!((pay.capacity_hours, pay.n_persons, pay.counted.all(), pay.share), (100.0, 3, 20.0, 0.2));
    assert_eq!((web.capacity_hours, web.counted.all(), web.standing), (30.0, 0.0, Standing::Ok));
}

#[test]
fn what_is_nobodys_is_no_part_of_the_spread() {
    let mut writer = Writer::default();
    for (person, hours) in [("ana", 2), ("ben", 4), ("cho", 6), ("dev", 8), ("", 20)] {
        (0..hours).for_each(|hour| writer.entry(hour * 120 * MINUTE, 60, json!({ "person": person })));
    }
    let report = writer.report(1);
    assert_eq!(report.teams[0].n_persons, 4);
    assert!((report.teams[0].gini.unwrap() - 0.25).abs() < 1e-9, "{:?}", report.teams[0].gini);
}

#[test]
fn whoever_works_for_two_teams_has_one_week() {
    let mut writer = Writer::default();
    writer.entry(0, 60, json!({}));
    writer.entry(DAY, 60, json!({ "team": "web" }));
    let hours = |writer: &mut Writer| {
        writer.report_with(1, Some("ana"), &NothingKnown, &NothingKnown).own.unwrap().capacity_hours
    };
    assert_eq!(hours(&mut writer), 40.0);
    writer.say(CAPACITY, 0, json!({ "team": "pay", "person": "ana", "hoursPerWeek": 16.0 }));
    writer.say(CAPACITY, 0, json!({ "team": "web", "person": "ana", "hoursPerWeek": 16.0 }));
    assert_eq!(hours(&mut writer), 32.0);
}

#[test]
fn ones_own_figures_are_there_only_where_one_asks_for_them() {
    let mut writer = Writer::default();
    writer.entry(0, 60, json!({ "person": "ana", "interrupt": true }));
    writer.entry(0, 600, json!({ "person": "ben" }));
    assert_eq!(writer.report(1).own, None);
    let own = writer.report_with(1, Some("ana"), &NothingKnown, &NothingKnown).own.unwrap();
    assert!((own.counted.all() - 1.0).abs() < 1e-9 && (own.switch_hours - 1.0 / 6.0).abs() < 1e-9);
    assert!((own.share - (1.0 + 1.0 / 6.0) / 40.0).abs() < 1e-9);
    let unknown = writer.report_with(1, Some("eve"), &NothingKnown, &NothingKnown).own.unwrap();
    assert_eq!((unknown.counted.all(), unknown.capacity_hours), (0.0, 40.0));
}

#[test]
fn on_call_is_told_by_sessions_and_shifts() {
    let mut writer = Writer::default();
    for n in 0..6 {
        writer.page(n * DAY, 10);
        writer.page(n * DAY + 12 * MINUTE, 10);
    }
    let oncall = writer.report(1).oncall.unwrap();
    assert_eq!((oncall.n_alerts, oncall.n_incidents, oncall.n_shifts), (12, 6, 15));
    assert_eq!(oncall.health.alerts_per_incident, Some(2.0));
}

#[test]
fn engineering_is_no_operational_work_and_judgement_is_no_toil() {
    let mut writer = Writer::default();
    writer.entry(0, 60, json!({ "class": "engineering" }));
    writer.entry(DAY, 60, json!({ "class": "ops_novel" }));
    writer.entry(2 * DAY, 60, json!({ "class": "toil" }));
    let team = writer.report(1).teams[0].clone();
    assert!((team.counted.all() - 2.0).abs() < 1e-9 && (team.ops_hours - 1.0).abs() < 1e-9);
    assert!((team.share - 1.0 / 40.0).abs() < 1e-9 && (team.ops_share - 2.0 / 40.0).abs() < 1e-9);
}
