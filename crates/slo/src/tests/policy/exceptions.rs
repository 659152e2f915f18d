//! Exceptions: few tokens, one for each change, another approver, and an end; and the book they are kept in.

use super::share;
use crate::fraction::Fraction;
use crate::model::Place;
use crate::policy::book::{Book, Recorded};
use crate::policy::exception::{Claim, Grant, Standing, claims, tokens_left};
use crate::policy::incident::PostmortemDue;
use crate::policy::objects::{AdjustmentMode, BudgetAdjustment, Exception, ExceptionRule, Freeze, Origin, Services};
use crate::policy::state::Memory;
use crate::policy::times::Times;
use crate::tests::{DAY, HOUR};
use nines_base::Timestamp;

const RULE: ExceptionRule = ExceptionRule::DEFAULT;

fn day(number: i64) -> Timestamp {
    Timestamp(number * DAY.0)
}

fn exception(name: &str, change: &str) -> Exception {
    Exception {
        name: name.into(),
        service: "api".into(),
        change: change.into(),
        reason: "login broken".into(),
        requested_by: "kim".into(),
        approved_by: "lee".into(),
        expires: day(10_000),
        origin: Origin::Command { event: 1 },
    }
}

fn grant(name: &str, change: &str, at: Timestamp) -> Grant {
    Grant { exception: exception(name, change), granted_at: at }
}

fn standings(grants: &[Grant], at: Timestamp) -> Vec<(String, Standing)> {
    claims("api", grants, &RULE).iter().map(|claim| (claim.name.clone(), claim.standing(&RULE, at))).collect()
}

#[test]
fn the_first_changes_of_a_period_have_the_tokens() {
    let grants: Vec<Grant> = [4, 1, 3, 2]
        .into_iter()
        .map(|number| grant(&format!("e{number}"), &format!("c{number}"), day(100 + number)))
        .collect();
    let found = standings(&grants, day(104));
    let expected =
        [("e1", Standing::Expired), ("e2", Standing::Expired), ("e3", Standing::Expired), ("e4", Standing::NoToken)];
    assert_eq!(found, expected.map(|(name, standing)| (name.to_owned(), standing)));
    assert_eq!(tokens_left("api", &grants, &RULE, day(104)), 0);
    assert_eq!(tokens_left("api", &grants, &RULE, day(102)), 1);
    assert_eq!(tokens_left("other", &grants, &RULE, day(104)), 3);
    // A quarter after the first its token is there again.
    assert_eq!(tokens_left("api", &grants, &RULE, day(101 + 90)), 1);
}

#[test]
fn one_change_takes_one_token_however_often_and_wherever_it_is_granted() {
    let mut of_file = grant("in-a-file", "c1", day(102));
    of_file.exception.origin = Origin::File(Place::default());
    let grants = [grant("a", "c1", day(100)), of_file, grant("b", "c1", day(103)), grant("c", "c2", day(103))];
    assert_eq!(tokens_left("api", &grants, &RULE, day(103)), 1);
    let before: Vec<u32> = claims("api", &grants, &RULE).iter().map(|claim| claim.n_before).collect();
    assert_eq!(before, [0, 0, 0, 1]);
    assert_eq!(claims("api", &grants, &RULE).iter().filter(|claim| claim.is_of_file).count(), 1);
}

#[test]
fn one_lasts_as_it_says_and_no_longer_than_the_policy_lets_it() {
    let standing = |expires: Timestamp, at: Timestamp| {
        let mut one = grant("a", "c1", day(100));
        one.exception.expires = expires;
        standings(&[one], at).remove(0).1
    };
    assert_eq!(standing(day(200), day(101) - HOUR), Standing::Valid);
    assert_eq!(standing(day(200), day(101)), Standing::Expired, "a day is the most");
    assert_eq!(standing(day(100), day(100)), Standing::Expired);
    assert_eq!(standing(day(100) + HOUR, day(100)), Standing::Valid);
}

#[test]
fn who_asked_for_it_cannot_approve_it_and_takes_no_token() {
    let mut own = grant("a", "c1", day(100));
    own.exception.approved_by = "kim".into();
    let grants = [own, grant("b", "c2", day(100))];
    assert_eq!(standings(&grants, day(100))[0].1, Standing::SamePerson);
    assert_eq!(tokens_left("api", &grants, &RULE, day(100)), 2);
    let trusting = ExceptionRule { approver_not_requester: false, ..RULE };
    assert_eq!(tokens_left("api", &grants, &trusting, day(100)), 1);
    assert_eq!(claims("api", &grants, &trusting)[0].standing(&trusting, day(100)), Standing::Valid);
    let none = ExceptionRule { tokens: 0, ..RULE };
    assert_eq!(claims("api", &grants, &none)[1].standing(&none, day(100)), Standing::NoToken);
}

fn freeze(name: &str, services: &[&str], env: Option<&str>) -> Freeze {
    Freeze {
        name: name.into(),
        services: Services(services.iter().map(|name| (*name).to_owned()).collect()),
        env: env.map(str::to_owned),
        times: Times::once(day(100), day(102)).unwrap(),
        reason: "holidays".into(),
        by: "ops".into(),
        origin: Origin::Command { event: 7 },
    }
}

#[test]
fn a_freeze_holds_its_services_in_its_environment_while_it_lasts() {
    assert!(freeze("f", &["*"], None).covers("api", Some("prod")));
    assert!(freeze("f", &["api"], Some("prod")).covers("api", Some("prod")));
    assert!(freeze("f", &["api"], Some("prod")).covers("api", None), "it might go there");
    assert!(!freeze("f", &["api"], Some("prod")).covers("api", Some("staging")));
    assert!(!freeze("f", &["api"], None).covers("web", None));
    let active = |at: Timestamp| freeze("f", &["*"], None).active(at).map(|active| active.until);
    assert_eq!(
        (active(day(99)), active(day(100)), active(day(101)), active(day(102))),
        (None, Some(day(102)), Some(day(102)), None)
    );
}

#[test]
fn the_book_is_a_fold_of_what_was_recorded() {
    let memory = Memory { state: "caution".into(), since: day(1), recovering_since: Some(day(2)) };
    let due = PostmortemDue {
        slo: "a".into(),
        from: day(1),
        until: day(2),
        share: Fraction::whole(1),
        limit: share(200_000_000),
    };
    let events = [
        (Recorded::FreezeOn(freeze("f", &["*"], None)), day(100)),
        (Recorded::FreezeOn(freeze("g", &["api"], None)), day(100)),
        (Recorded::FreezeOff { name: "f".into() }, day(101)),
        (Recorded::Granted(exception("e", "c1")), day(101)),
        (Recorded::Declared { name: "in-a-file".into(), change: "c2".into() }, day(101)),
        (Recorded::Declared { name: "in-a-file".into(), change: "c2".into() }, day(105)),
        (Recorded::State { service: "api".into(), policy: "standard".into(), memory: memory.clone() }, day(102)),
        (Recorded::PostmortemDue { service: "api".into(), due: due.clone() }, day(102)),
        (Recorded::Deployed { service: "api".into() }, day(100)),
        (Recorded::Deployed { service: "api".into() }, day(102)),
        (Recorded::Deployed { service: "api".into() }, day(102) + HOUR),
    ];
    let mut book = Book::default();
    events.iter().for_each(|(event, at)| book.apply(event, *at));
    assert_eq!(book.freezes().iter().map(|freeze| freeze.name.as_str()).collect::<Vec<_>>(), ["g"]);
    let of_file = Exception { origin: Origin::File(Place::default()), ..exception("in-a-file", "c2") };
    let unseen = Exception { origin: Origin::File(Place::default()), ..exception("new", "c3") };
    let grants = book.grants(&[of_file, unseen], day(106));
    let times: Vec<Timestamp> = grants.iter().map(|grant| grant.granted_at).collect();
    assert_eq!(times, [day(101), day(106), day(101)], "first seen, not seen yet, granted");
    assert_eq!(book.state("api", "standard"), Some(&memory));
    assert_eq!(book.state("api", "other"), None);
    assert_eq!(book.postmortems("api").collect::<Vec<_>>(), [&due]);
    assert_eq!(
        (book.n_deploys("api", day(102) + HOUR), book.n_deploys("api", day(103)), book.n_deploys("web", day(102))),
        (2, 1, 0)
    );
    let again = events.iter().fold(Book::default(), |mut book, (event, at)| {
        book.apply(event, *at);
        book
    });
    assert_eq!(again, book, "the same events give the same book");
}

#[test]
fn a_claim_says_what_a_verdict_needs() {
    let claim: Claim = claims("api", &[grant("a", "c1", day(100))], &RULE).remove(0);
    assert_eq!((claim.change.as_str(), claim.requested_by.as_str(), claim.approved_by.as_str()), ("c1", "kim", "lee"));
    assert_eq!(claim.ends_at(&RULE), day(101));
}

#[test]
fn of_one_instant_files_come_first_by_name_and_then_commands_as_they_were_recorded() {
    let of_file = |name: &str| {
        let mut grant = grant(name, name, day(100));
        grant.exception.origin = Origin::File(Place::default());
        grant
    };
    let by_command = |name: &str, event: u64| {
        let mut grant = grant(name, name, day(100));
        grant.exception.origin = Origin::Command { event };
        grant
    };
    let grants = [by_command("a", 9), of_file("z"), by_command("b", 8), of_file("y"), grant("first", "first", day(99))];
    let found = standings(&grants, day(100));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["first", "y", "z", "b", "a"]);
    assert_eq!(found[3].1, Standing::NoToken, "the files have the tokens");
}

#[test]
fn the_book_lets_go_of_what_is_long_over_and_of_no_token_that_counts() {
    let mut book = Book::default();
    let long = ExceptionRule::PER_MAX;
    // A freeze of days 100 to 102, an adjustment of day 100, an exception of day 100 that ends on day 101.
    let adjustment = super::adjustment("a", AdjustmentMode::Removed, 100 * 86_400, DAY);
    let short_lived = Exception { expires: day(101), ..exception("e", "c1") };
    book.apply(&Recorded::FreezeOn(freeze("f", &["*"], None)), day(100));
    book.apply(&Recorded::Adjusted(adjustment.clone()), day(100));
    book.apply(&Recorded::Granted(short_lived), day(100));
    let later = |name: &str, book: &mut Book, at: Timestamp| {
        let mut freeze = freeze(name, &["*"], None);
        freeze.times = Times::once(at, at + DAY).unwrap();
        book.apply(&Recorded::FreezeOn(freeze), at);
        book.apply(&Recorded::Adjusted(BudgetAdjustment { name: name.into(), ..adjustment.clone() }), at);
        book.apply(&Recorded::Granted(Exception { expires: at + DAY, ..exception(name, name) }), at);
        (book.freezes().len(), book.adjustments().len(), book.grants(&[], at).len())
    };
    assert_eq!(later("g", &mut book, day(180)), (2, 2, 2));
    // The freeze was over for a quarter; what a policy may still count is there.
    assert_eq!(later("h", &mut book, day(100) + long - HOUR), (1, 3, 3));
    let per = ExceptionRule { per: long, ..RULE };
    assert_eq!(tokens_left("api", &book.grants(&[], day(0)), &per, day(100) + long - HOUR), 0);
    let (_, adjustments, grants) = later("i", &mut book, day(102) + long);
    assert_eq!((adjustments, grants), (1, 3), "the first exception went; adjustments of that day all did");
}
