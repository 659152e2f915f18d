//! The alerts of an SLO together: who is told of what, and what a restart makes of it.

use crate::alert::book::{AlertBook, Look, REMIND_PAGE_EVERY, STALE_AFTER};
use crate::alert::policy::{AlertCondition, AlertPolicy, AlertWhen};
use crate::alert::rule::{EXPECT_TRAFFIC_ANNOTATION, LOW_TRAFFIC_ANNOTATION};
use crate::alert::state::{Change, Transition};
use crate::alert::telling::{NoSilences, Silence, Silenceable, Silences, Telling};
use crate::cells::CellStore;
use crate::fraction::Fraction;
use crate::model::{Comparison, Definitions, Join, Sli, Slo, UserStory};
use crate::status::{Status, evaluate_all, evaluate_stories};
use crate::story;
use crate::tests::{HOUR, MINUTE, availability, cells_with, definitions};
use nines_base::{DurationUs, Timestamp};

/// A policy of `severity` that fires above `threshold` over `lookback` and tells `target`.
fn policy(severity: &str, threshold: u128, lookback: DurationUs, target: &str) -> AlertPolicy {
    AlertPolicy {
        name: severity.into(),
        condition: AlertCondition {
            name: severity.into(),
            severity: severity.into(),
            op: Comparison::Gt,
            threshold: Fraction::whole(threshold),
            lookback,
            short: MINUTE,
            alert_after: DurationUs(0),
        },
        when: AlertWhen::ALL,
        targets: vec![target.into()],
    }
}

/// Availability over an hour at 90 %, with a page above 5 over 2 minutes and a ticket above 1 over 10.
fn slo() -> Slo {
    let mut slo = availability(HOUR, 90.0);
    slo.annotations.insert(LOW_TRAFFIC_ANNOTATION.into(), "off".into());
    slo.alert_policies = vec![
        policy("ticket", 1, DurationUs(10 * MINUTE.0), "mail"),
        policy("page", 5, DurationUs(2 * MINUTE.0), "on-call"),
    ];
    slo
}

/// What changed at a minute, each as `severity change targets`.
struct Run {
    definitions: Definitions,
    cells: CellStore,
    book: AlertBook,
    kept: Vec<Transition>,
    defaults: Vec<String>,
    /// Pages are silenced by whoever keeps `am`.
    is_silenced: bool,
}

/// Somebody silenced every page.
struct NoPages;

impl Silences for NoPages {
    fn silence_of(&self, alert: Silenceable<'_>, at: Timestamp) -> Option<Silence> {
        let (id, kept_by, by, comment) = ("1".into(), "am".into(), "kim".into(), "the move".into());
        alert.is_urgent.then_some(Silence { id, kept_by, by, comment, until: at + MINUTE })
    }

    fn is_kept_by(&self, target: &str) -> bool {
        target == "am"
    }
}

impl Run {
    /// Ten events a second; `bad` of ten are bad in each of the given minutes, none elsewhere.
    fn new(slo: Slo, minutes: i64, bad: &[(i64, u64)]) -> Run {
        let share = |minute: i64| bad.iter().find(|(of, _)| *of == minute).map_or(0, |(_, bad)| *bad);
        let events = (0..minutes * 60).map(|second| (second, 10 - share(second / 60), share(second / 60)));
        let cells = cells_with(std::slice::from_ref(&slo), events);
        Run {
            definitions: definitions([slo]),
            cells,
            book: AlertBook::default(),
            kept: Vec::new(),
            defaults: Vec::new(),
            is_silenced: false,
        }
    }

    fn plan(&self, book: &AlertBook, second: i64, now: i64) -> Vec<Transition> {
        let silences: &dyn Silences = if self.is_silenced { &NoPages } else { &NoSilences };
        book.plan(&Look {
            definitions: &self.definitions,
            statuses: &self.statuses(second),
            stories: &evaluate_stories(&self.definitions, &self.cells, Timestamp::from_secs(second)),
            telling: Telling { defaults: &self.defaults, silences },
            now: Timestamp::from_secs(now),
        })
    }

    fn statuses(&self, second: i64) -> Vec<Status> {
        evaluate_all(&self.definitions, &self.cells, Timestamp::from_secs(second))
    }

    fn look(&mut self, second: i64) -> Vec<String> {
        self.look_late(second, second)
    }

    fn look_late(&mut self, second: i64, now: i64) -> Vec<String> {
        let planned = self.plan(&self.book, second, now);
        let shown = planned.iter().map(|transition| {
            let told = transition.tells.join(",");
            format!("{} {} {told}", transition.key.severity, transition.change.word()).trim_end().to_owned()
        });
        let shown = shown.collect();
        planned.iter().for_each(|transition| self.book.apply(transition));
        self.kept.extend(planned);
        shown
    }
}

#[test]
fn a_ticket_fires_beside_a_page_and_is_told_when_the_page_has_ended() {
    let mut run = Run::new(slo(), 40, &[(20, 8), (21, 8)]);
    assert_eq!(run.look(20 * 60 - 1), [""; 0]);
    assert_eq!(run.look(22 * 60 - 1), ["page fired on-call", "ticket fired"]);
    assert_eq!(run.look(22 * 60 + 9), [""; 0], "nothing twice");
    assert_eq!(run.look(24 * 60), ["page resolved on-call", "ticket resolved"]);

    let mut run = Run::new(slo(), 40, &[(20, 8), (21, 8), (22, 2), (23, 2), (24, 2), (25, 2)]);
    assert_eq!(run.look(22 * 60 - 1), ["page fired on-call", "ticket fired"]);
    assert_eq!(run.look(24 * 60), ["page resolved on-call", "ticket told mail"]);
    assert_eq!(run.look(27 * 60), ["ticket resolved mail"], "who was told hears of the end");
}

#[test]
fn a_ticket_that_was_told_stays_when_a_page_joins_it() {
    let mut run = Run::new(slo(), 40, &[(20, 2), (21, 2), (22, 2), (23, 2), (24, 10), (25, 10)]);
    let mut fired = Vec::new();
    for second in (20 * 60..26 * 60).step_by(10) {
        fired.extend(run.look(second));
    }
    assert_eq!(fired, ["ticket fired mail", "page fired on-call"]);
}

#[test]
fn a_restart_continues_the_episode_and_tells_nobody_again() {
    let mut run = Run::new(slo(), 40, &[(20, 8), (21, 8)]);
    run.look(22 * 60 - 1);
    let mut folded = AlertBook::default();
    run.kept.iter().for_each(|transition| folded.apply(transition));
    assert_eq!(folded, run.book);
    let planned = run.plan(&folded, 22 * 60, 22 * 60);
    assert_eq!(planned, []);
}

#[test]
fn flags_keep_from_being_told() {
    let mut quiet = slo();
    quiet.alert_policies[1].when = AlertWhen { breaching: true, resolved: false, no_data: false };
    quiet.alert_policies[0].when = AlertWhen { breaching: false, resolved: true, no_data: true };
    let mut run = Run::new(quiet, 40, &[(20, 8), (21, 8)]);
    assert_eq!(run.look(22 * 60 - 1), ["page fired on-call", "ticket fired"]);
    assert_eq!(run.look(24 * 60), ["page resolved", "ticket resolved"]);
}

#[test]
fn an_episode_that_nobody_acknowledges_is_told_again() {
    let minutes = 20 + 10 * 60;
    let bad: Vec<(i64, u64)> = (20..minutes).map(|minute| (minute, 10)).collect();
    let mut run = Run::new(slo(), minutes, &bad);
    let fired = 22 * 60;
    assert_eq!(run.look(fired), ["page fired on-call", "ticket fired"]);
    let again = fired + REMIND_PAGE_EVERY.0 / 1_000_000;
    assert_eq!(run.look(again - 1), [""; 0]);
    assert_eq!(run.look(again), ["page told on-call"]);
    let episode = run.book.alerts().find_map(|(_, alert)| alert.state.episode.clone()).unwrap();
    let taken = run.book.acknowledge(episode.id, "kim", Timestamp::from_secs(again)).unwrap();
    assert_eq!(
        (&taken.change, &taken.tells[..]),
        (&Change::Acknowledged { by: "kim".into() }, &["on-call".to_owned()][..])
    );
    run.book.apply(&taken);
    assert_eq!(run.look(2 * again - fired), [""; 0]);
}

#[test]
fn counting_that_stops_freezes_and_is_told_after_a_while() {
    let mut run = Run::new(slo(), 40, &[(20, 8), (21, 8)]);
    run.look(22 * 60 - 1);
    let stale = 22 * 60 + STALE_AFTER.0 / 1_000_000;
    assert_eq!(run.look_late(22 * 60, stale), [""; 0]);
    let frozen = ["page frozen", "ticket frozen", "unmeasured pending"];
    assert_eq!(run.look_late(22 * 60, stale + 1), frozen);
    assert!(run.book.alerts().any(|(key, alert)| key.severity == "page" && alert.state.word() == "frozen"));
}

#[test]
fn a_frozen_page_becomes_a_page_that_it_is_not_measured() {
    // The traffic ends with the outage: the page's long lookback is empty two minutes later.
    let mut run = Run::new(slo(), 22, &[(20, 8), (21, 8)]);
    assert_eq!(run.look(22 * 60 - 1), ["page fired on-call", "ticket fired"]);
    let empty = 24 * 60 + 10;
    assert_eq!(run.look(empty), ["page frozen", "ticket resolved", "unmeasured pending"]);
    // 14 · 10 % hours and two minutes are more than the window of an hour.
    let wait = HOUR.0 / 1_000_000;
    assert_eq!(run.look(empty + wait - 1), ["ticket frozen"]);
    assert_eq!(run.look(empty + wait), ["unmeasured fired mail,on-call"], "it pages, so the ticket does not keep it");
}

#[test]
fn silence_is_told_at_once_where_traffic_is_expected() {
    let mut expected = slo();
    expected.annotations.insert(EXPECT_TRAFFIC_ANNOTATION.into(), "5m".into());
    let mut run = Run::new(expected, 22, &[]);
    assert_eq!(run.look(22 * 60), [""; 0]);
    assert_eq!(run.look(26 * 60), ["page frozen"]);
    assert_eq!(run.look(27 * 60 + 10), ["unmeasured fired mail,on-call"]);
}

#[test]
fn a_ticket_waits_for_a_page_and_not_for_what_wakes_somebody_beside_it() {
    let mut expected = slo();
    expected.annotations.insert(EXPECT_TRAFFIC_ANNOTATION.into(), "1m".into());
    // The ticket still looks back on the outage when the page no longer does.
    expected.alert_policies[0].condition.short = DurationUs(5 * MINUTE.0);
    expected.alert_policies[1].condition.short = DurationUs(2 * MINUTE.0);
    expected.alert_policies[1].condition.lookback = DurationUs(5 * MINUTE.0);
    let mut run = Run::new(expected, 22, &[(18, 8), (19, 8), (20, 8), (21, 8)]);
    assert_eq!(run.look(22 * 60 - 1), ["page fired on-call", "ticket fired"]);
    assert_eq!(run.look(23 * 60 + 10), ["unmeasured fired mail,on-call"], "it pages, because the page does");
    assert_eq!(run.look(24 * 60 + 10), ["page resolved on-call", "ticket told mail"]);
}

#[test]
fn quiet_nights_leave_no_trace_and_a_restart_sees_them_again() {
    let mut run = Run::new(slo(), 20, &[]);
    assert_eq!(run.look(19 * 60), [""; 0]);
    assert_eq!(run.look(40 * 60), ["page frozen", "ticket frozen"]);
    assert!(run.kept.iter().all(|transition| !transition.is_lasting()));
    // What a restart knows is nothing, and it comes to know the same.
    let planned = run.plan(&AlertBook::default(), 41 * 60, 41 * 60);
    let changes: Vec<&str> = planned.iter().map(|transition| transition.change.word()).collect();
    assert_eq!(changes, ["frozen", "frozen"]);
    // One that fires and is frozen is kept: it says for how long nobody knew.
    let mut run = Run::new(slo(), 22, &[(20, 8), (21, 8)]);
    run.look(22 * 60 - 1);
    run.look(24 * 60 + 10);
    let frozen = run.kept.iter().filter(|transition| matches!(transition.change, Change::Frozen { .. }));
    assert_eq!(frozen.map(Transition::is_lasting).collect::<Vec<_>>(), [true]);
}

#[test]
fn what_the_definitions_no_longer_have_ends_and_is_told() {
    let mut run = Run::new(slo(), 40, &[(20, 8), (21, 8)]);
    run.look(22 * 60 - 1);
    run.definitions = Definitions::default();
    assert_eq!(run.look(22 * 60), ["page removed on-call", "ticket removed"]);
    assert_eq!(run.book, AlertBook::default());
}

#[test]
fn a_silenced_alert_is_told_to_who_keeps_the_silence_and_to_others_when_it_ends() {
    let mut slo = slo();
    slo.alert_policies[1].targets.push("am".into());
    let mut run = Run::new(slo, 40, &[(20, 8), (21, 8), (22, 8), (23, 8)]);
    run.is_silenced = true;
    assert_eq!(run.look(22 * 60 - 1), ["page fired am", "ticket fired"], "the ticket waits behind the page as ever");
    assert_eq!(run.look(23 * 60), [""; 0]);
    run.is_silenced = false;
    assert_eq!(run.look(24 * 60 - 1), ["page told on-call"]);
    run.is_silenced = true;
    assert_eq!(run.look(26 * 60), ["page resolved am,on-call", "ticket resolved"], "who was told hears of the end");
    // One that ends while it is silenced is none of their business.
    let mut run = Run::new(self::slo(), 40, &[(20, 8), (21, 8)]);
    run.is_silenced = true;
    assert_eq!(run.look(22 * 60 - 1), ["page fired", "ticket fired"]);
    assert_eq!(run.look(24 * 60), ["page resolved", "ticket resolved"]);
}

#[test]
fn that_an_alert_wakes_somebody_is_told_when_the_silence_is_over() {
    let mut expected = slo();
    expected.annotations.insert(EXPECT_TRAFFIC_ANNOTATION.into(), "1m".into());
    expected.alert_policies[1].condition.short = DurationUs(2 * MINUTE.0);
    expected.alert_policies[1].condition.lookback = DurationUs(5 * MINUTE.0);
    let mut run = Run::new(expected, 22, &[(18, 8), (19, 8), (20, 8), (21, 8)]);
    run.look(22 * 60 - 1);
    assert!(run.look(23 * 60 + 10).contains(&"unmeasured fired mail,on-call".to_owned()));
    // As if the absence of data had been told before the page fired.
    run.book = AlertBook::default();
    for transition in &mut run.kept {
        transition.is_urgent &= transition.key.severity != "unmeasured";
        run.book.apply(transition);
    }
    run.is_silenced = true;
    assert_eq!(run.look(23 * 60 + 20), ["unmeasured escalated"]);
    assert_eq!(run.look(23 * 60 + 30), [""; 0]);
    run.is_silenced = false;
    assert_eq!(run.look(23 * 60 + 40), ["unmeasured told mail,on-call"]);
    assert_eq!(run.look(23 * 60 + 50), [""; 0], "once");
}

#[test]
fn alerts_without_policies_tell_the_default_targets() {
    let mut without = slo();
    without.alert_policies.clear();
    let mut run = Run::new(without, 40, &[(20, 8), (21, 8), (22, 8), (23, 8), (24, 8)]);
    run.defaults = vec!["team".into()];
    assert_eq!(run.look(25 * 60 - 1), ["page fired team"]);
    assert_eq!(run.look(45 * 60), ["page resolved team"]);
    let mut run = Run::new(slo(), 40, &[(20, 8), (21, 8)]);
    run.defaults = vec!["team".into()];
    assert_eq!(run.look(22 * 60 - 1), ["page fired on-call", "ticket fired"], "policies say it all");
}

/// The run of a story of one SLO, both of which burn, and what is told at first.
fn with_story(defaults: &[&str]) -> (Run, Vec<String>) {
    let mut run = Run::new(slo(), 60, &[(20, 8), (21, 8), (22, 8), (23, 8), (24, 8)]);
    let slos = vec![run.definitions.slos[0].name.clone()];
    let story = UserStory { name: "web".into(), slos, join: Join::Trace, ..UserStory::default() };
    let mut story = story::joined(story, &run.definitions.slos);
    // A trace here is one event.
    let together = story.together.as_mut().unwrap();
    assert!(matches!(together.objectives[0].sli, Sli::Together(_)));
    together.objectives[0].sli = run.definitions.slos[0].objectives[0].sli.clone();
    run.definitions.stories = vec![story];
    run.defaults = defaults.iter().map(|target| (*target).to_owned()).collect();
    let told = run.look(25 * 60 - 1);
    (run, told)
}

#[test]
fn the_page_of_a_story_is_told_instead_of_its_slos_and_only_to_those_who_hear_it() {
    let (mut run, told) = with_story(&["on-call"]);
    assert_eq!(told, ["page fired on-call", "page fired", "ticket fired"]);
    let keys: Vec<_> = run.kept.iter().map(|told| (&*told.key.slo, &*told.key.objective)).collect();
    assert_eq!(keys[0], ("web", story::STORY_LABEL));
    assert_eq!(run.look(27 * 60), ["page resolved", "ticket resolved"], "the SLO's own page looks at two minutes");
    assert_eq!(run.look(50 * 60), ["page resolved on-call"]);
    // A story that is over while its SLO burns on.
    let (mut run, _) = with_story(&["on-call"]);
    run.definitions.stories.clear();
    assert_eq!(run.look(25 * 60), ["page told on-call", "page removed on-call"]);
    let (_, told) = with_story(&["somebody"]);
    assert_eq!(
        told,
        ["page fired somebody", "page fired on-call", "ticket fired"],
        "who hears nothing of the story is told"
    );
    assert_eq!(with_story(&[]).1, ["page fired", "page fired on-call", "ticket fired"]);
}
