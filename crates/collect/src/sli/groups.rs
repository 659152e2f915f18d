//! Groups as the ledger keeps them: a fact for each, committed with the cells that it is counted in first.

use super::JudgeError;
use nines_ledger::Ledger;
use nines_slo::count::Groups;
use nines_slo::key::ObjectiveKey;

/// Begins the name of the fact that says a group's value; then come the keys of the indicator and of the group.
const FACT: &str = "slo/group/";

/// The fact of a group.
pub(super) fn fact_of(of: ObjectiveKey, value: &str) -> (String, String) {
    (format!("{FACT}{of}/{}", of.of_group(value)), value.to_owned())
}

/// The groups that facts tell of.
pub(super) fn read(ledger: &dyn Ledger) -> Result<Groups, JudgeError> {
    let mut groups = Groups::default();
    for (name, value) in ledger.facts(FACT)? {
        let of = name.strip_prefix(FACT).and_then(|keys| ObjectiveKey::parse(keys.split('/').next()?));
        if let Some(of) = of {
            groups.restore(of, &value);
        }
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::super::past::tests::caught_up;
    use super::super::tests::{SLO, World, counts, definitions_of};
    use super::super::*;

    fn grouped(cap: u32) -> Definitions {
        definitions_of(&SLO.replace(
            "'service=shop kind=server' }",
            &format!("'service=shop kind=server', groupBy: region, cap: {cap} }}"),
        ))
    }

    fn append(world: &World, id: u64, region: &str, more: &str) {
        world.append_spans(&[format!(
            r#"{{"traceId":"{id:x}","id":"{id:x}","kind":"SERVER","timestamp":{},"duration":10,
                "localEndpoint":{{"serviceName":"shop"}},"tags":{{"region":"{region}"{more}}}}}"#,
            world.clock.now().0 - 10
        )]);
    }

    fn groups(judge: &Judge) -> Vec<(String, u64, u64)> {
        let standing = &judge.standings()[0];
        let groups = judge.groups(&standing.slo, &standing.objective).into_iter();
        groups.map(|group| (group.value, group.status.measure.events.good, group.status.measure.events.bad)).collect()
    }

    #[test]
    fn groups_and_their_counts_outlive_the_process() {
        let world = World::new();
        let judge = world.judge_of(grouped(1));
        append(&world, 1, "eu", "");
        append(&world, 2, "us", r#","error":"x""#);
        assert_eq!(counts(&judge), (1, 1));
        judge.commit(true).unwrap();
        append(&world, 3, "asia", "");
        assert_eq!(counts(&judge), (2, 1));
        let before = groups(&judge);
        assert_eq!(before, [("__other__".into(), 1, 1), ("eu".into(), 1, 0)]);
        drop(judge);
        let judge = world.judge_of(grouped(1));
        assert_eq!(counts(&judge), (2, 1));
        assert_eq!(groups(&judge), before);
        append(&world, 4, "eu", "");
        append(&world, 4, "eu", "");
        assert_eq!(counts(&judge), (3, 1));
        assert_eq!(groups(&judge)[1], ("eu".into(), 2, 0));
    }

    #[test]
    fn a_value_beyond_the_cap_gets_no_group_by_a_restart() {
        let world = World::new();
        let judge = world.judge_of(grouped(1));
        append(&world, 1, "eu", "");
        assert_eq!(counts(&judge), (1, 0));
        world.clock.advance(nines_slo::count::HORIZON);
        world.clock.advance(DurationUs::from_secs(60));
        append(&world, 2, "asia", "");
        assert_eq!(counts(&judge), (2, 0));
        judge.commit(true).unwrap();
        drop(judge);
        // Only "asia" is met while what came before is remembered.
        let judge = world.judge_of(grouped(1));
        append(&world, 3, "asia", "");
        assert_eq!(counts(&judge), (3, 0));
        assert_eq!(groups(&judge), [("__other__".into(), 2, 0), ("eu".into(), 1, 0)]);
    }

    #[test]
    fn groups_are_told_while_spans_are_counted() {
        let world = World::new();
        let judge = Arc::new(world.judge_of(grouped(2)));
        append(&world, 1, "eu", "");
        assert_eq!(counts(&judge), (1, 0));
        let counting = judge.counting();
        let (tell, told) = std::sync::mpsc::channel();
        let reader = judge.clone();
        std::thread::spawn(move || tell.send(groups(&reader)));
        let groups = told.recv_timeout(std::time::Duration::from_secs(20));
        drop(counting);
        assert_eq!(groups.unwrap(), [("eu".into(), 1, 0)]);
    }

    #[test]
    fn groups_that_are_known_have_the_past_in_slices_of_their_own_length() {
        let by_slices = SLO
            .replace("'service=shop kind=server' }", "'service=shop kind=server', groupBy: region, cap: 2 }")
            .replace("budgetingMethod: Occurrences", "budgetingMethod: Timeslices")
            .replace("target: 0.9", "target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 2m");
        let world = World::new();
        let judge = world.judge_of(Definitions::default());
        judge.know_past().unwrap();
        append(&world, 1, "eu", "");
        while !judge.count().unwrap().is_up {}
        world.clock.advance(DurationUs::from_secs(600));
        judge.load(definitions_of(&by_slices), Vec::new());
        // The value is known before the past is counted.
        append(&world, 2, "eu", "");
        while !judge.count().unwrap().is_up {}
        world.clock.advance(DurationUs::from_secs(600));
        while !judge.count().unwrap().is_up {}
        assert!(judge.count_past().unwrap());
        while !judge.count().unwrap().is_up {}
        let standing = &judge.standings()[0];
        let whole = standing.status.measure.counted();
        assert_eq!((whole.good, whole.bad), (2, 0));
        let of_group = judge.groups(&standing.slo, &standing.objective)[0].status.measure.counted();
        assert_eq!((of_group.good, of_group.bad), (2, 0));
    }

    #[test]
    fn a_new_way_to_take_apart_knows_the_past() {
        let world = World::new();
        let judge = world.judge_of(Definitions::default());
        judge.know_past().unwrap();
        append(&world, 1, "eu", r#","error":"x""#);
        append(&world, 2, "us", "");
        while !judge.count().unwrap().is_up {}
        world.clock.advance(DurationUs::from_secs(300));
        world.define(&judge, grouped(2));
        // The present has its own first values.
        append(&world, 3, "asia", "");
        append(&world, 4, "us", "");
        assert_eq!(counts(&judge), (2, 0));
        assert_eq!(caught_up(&world, &judge), (3, 1));
        assert_eq!(groups(&judge), [("__other__".into(), 0, 1), ("us".into(), 2, 0), ("asia".into(), 1, 0)]);
    }
}
