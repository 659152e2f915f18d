//! One alert through time.

use crate::alert::episode::{AlertKey, EpisodeId};
use crate::alert::reading::Outcome;
use crate::alert::rule::unmeasured_after;
use crate::alert::state::{AlertState, Change, FreezeReason, Level, Transition};
use crate::tests::{DAY, MINUTE, target};
use nines_base::{DurationUs, Timestamp};
use proptest::prelude::*;

const EMPTY: Outcome = Outcome::Unknown(FreezeReason::Empty);

fn key() -> AlertKey {
    AlertKey { slo: "web".into(), objective: "1".into(), severity: "page".into() }
}

fn transition(change: Change, at: Timestamp) -> Transition {
    Transition {
        key: key(),
        name: "web".into(),
        service: "web".into(),
        at,
        change,
        episode: None,
        started: None,
        is_urgent: true,
        tells: Vec::new(),
        figures: None,
    }
}

/// Steps a state through outcomes, one a minute; what it is called after each.
fn walk(after: DurationUs, outcomes: &[Outcome]) -> Vec<String> {
    let mut state = AlertState::default();
    let words = (0..).zip(outcomes).map(|(minute, outcome)| {
        let at = Timestamp::from_secs(60 * minute);
        for change in state.changes(&[(after, *outcome)], at) {
            state.apply(&transition(change, at));
        }
        let overlay = if state.frozen.is_some() { "*" } else { "" };
        format!("{}{overlay}", state.level.word())
    });
    words.collect()
}

#[test]
fn an_alert_waits_for_as_long_as_it_is_told_and_ends_with_its_condition() {
    use Outcome::{Ends, Holds};
    assert_eq!(walk(DurationUs(0), &[Ends, Holds, Holds, Ends]), ["inactive", "firing", "firing", "inactive"]);
    let slow = walk(DurationUs(2 * MINUTE.0), &[Holds, Holds, Holds, Ends, Holds, Ends]);
    assert_eq!(slow, ["pending", "pending", "firing", "inactive", "pending", "inactive"]);
}

#[test]
fn a_frozen_alert_neither_fires_nor_resolves() {
    use Outcome::{Ends, Holds};
    assert_eq!(walk(DurationUs(0), &[EMPTY, EMPTY, Ends]), ["inactive*", "inactive*", "inactive"]);
    assert_eq!(walk(DurationUs(0), &[Holds, EMPTY, Ends]), ["firing", "firing*", "inactive"]);
    assert_eq!(walk(DurationUs(0), &[Holds, EMPTY, Holds]), ["firing", "firing*", "firing"]);
    let pending = walk(MINUTE, &[Holds, EMPTY, EMPTY, Holds]);
    assert_eq!(pending, ["pending", "pending*", "pending*", "firing"], "what began before goes on");
}

#[test]
fn a_frozen_alert_says_why_now_and_since_when_it_has_been() {
    let mut state = AlertState::default();
    for (second, reason) in [(1, FreezeReason::Empty), (2, FreezeReason::Empty), (3, FreezeReason::Stale)] {
        let at = Timestamp::from_secs(second);
        let changes = state.changes(&[(DurationUs(0), Outcome::Unknown(reason))], at);
        assert_eq!(changes.len(), usize::from(second != 2), "{changes:?}");
        changes.into_iter().for_each(|change| state.apply(&transition(change, at)));
        assert_eq!(state.frozen, Some((reason, Timestamp::from_secs(1))));
    }
}

#[test]
fn an_acknowledgement_is_of_the_episode_it_was_given_for() {
    let mut state = AlertState::default();
    let first = Timestamp::from_secs(1);
    state.apply(&transition(Change::Fired, first));
    let taken = Transition {
        episode: Some(EpisodeId::of(&key(), first)),
        ..transition(Change::Acknowledged { by: "kim".into() }, Timestamp::from_secs(4))
    };
    let acknowledged = |state: &AlertState| state.episode.as_ref().unwrap().acknowledged.is_some();
    let mut same = state.clone();
    same.apply(&taken);
    assert!(acknowledged(&same));
    // It ends, and fires again, before the answer of somebody who saw the first is written.
    state.apply(&transition(Change::Resolved, Timestamp::from_secs(2)));
    state.apply(&transition(Change::Fired, Timestamp::from_secs(3)));
    state.apply(&taken);
    assert!(!acknowledged(&state), "nobody takes care of the second");
}

#[test]
fn one_known_condition_fires_and_all_must_be_known_to_resolve() {
    use Outcome::{Ends, Holds};
    let now = DurationUs(0);
    let state = AlertState::default();
    assert_eq!(state.changes(&[(now, EMPTY), (now, Holds)], Timestamp(0)), [Change::Fired]);
    let mut firing = state.clone();
    firing.apply(&transition(Change::Fired, Timestamp(0)));
    let frozen = Change::Frozen { reason: FreezeReason::Empty };
    assert_eq!(firing.changes(&[(now, EMPTY), (now, Ends)], Timestamp(1)), [frozen]);
    assert_eq!(firing.changes(&[(now, Ends), (now, Ends)], Timestamp(1)), [Change::Resolved]);
}

#[test]
fn each_condition_waits_for_itself() {
    use Outcome::{Ends, Holds};
    let (soon, late) = (DurationUs(5 * MINUTE.0), DurationUs(60 * MINUTE.0));
    let mut state = AlertState::default();
    let mut look = |minute: i64, outcomes: [Outcome; 2]| {
        let at = Timestamp::from_secs(60 * minute);
        for change in state.changes(&[(late, outcomes[0]), (soon, outcomes[1])], at) {
            state.apply(&transition(change, at));
        }
        state.level
    };
    assert_eq!(look(0, [Holds, Ends]), Level::Pending);
    assert_eq!(look(4, [Ends, Holds]), Level::Pending);
    assert_eq!(look(8, [Ends, Holds]), Level::Pending, "four minutes, whatever the other did before");
    assert_eq!(look(9, [Ends, Holds]), Level::Firing);
}

#[test]
fn an_episode_is_called_the_same_wherever_it_is_computed() {
    let id = EpisodeId::of(&key(), Timestamp::from_secs(1));
    assert_eq!(EpisodeId::parse(&id.to_string()), Some(id));
    assert_ne!(id, EpisodeId::of(&key(), Timestamp::from_secs(2)));
    assert_ne!(id, EpisodeId::of(&AlertKey { severity: "ticket".into(), ..key() }, Timestamp::from_secs(1)));
    assert_eq!([EpisodeId::parse("+123456789012345"), EpisodeId::parse("12")], [None, None]);
}

#[test]
fn av38_the_wait_for_absence_is_pyrras() {
    let minutes = |percent: f64| unmeasured_after(target(percent), DAY).0 / MINUTE.0;
    assert_eq!([99.0, 99.9, 99.99, 90.0].map(minutes), [10, 3, 2, 86]);
    assert_eq!(unmeasured_after(target(90.0), MINUTE), MINUTE, "and not longer than the window");
}

proptest! {
    #[test]
    fn a_state_is_the_fold_of_its_changes_and_settles_in_one_step(
        outcomes in prop::collection::vec(prop::collection::vec(0..3u8, 2), 1..40), after in 0..4i64
    ) {
        let outcome = |code: &u8| [Outcome::Holds, Outcome::Ends, EMPTY][usize::from(*code)];
        let mut state = AlertState::default();
        let mut kept = Vec::new();
        for (second, codes) in (0..).zip(&outcomes) {
            let at = Timestamp::from_secs(second);
            let conditions = [(DurationUs(0), outcome(&codes[0])), (DurationUs::from_secs(after), outcome(&codes[1]))];
            for change in state.changes(&conditions, at) {
                let transition = transition(change, at);
                state.apply(&transition);
                kept.push(transition);
            }
            prop_assert_eq!(state.changes(&conditions, at), [], "asked again at the same instant, nothing changes");
            prop_assert_eq!(state.episode.is_some(), state.level == Level::Firing);
        }
        let mut folded = AlertState::default();
        kept.iter().for_each(|transition| folded.apply(transition));
        prop_assert_eq!(folded, state);
    }
}
