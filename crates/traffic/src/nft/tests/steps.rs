//! From what is held to what is wanted.

use super::*;

/// The table as if the kernel held it, its rules numbered from 1.
fn held(table: &Table) -> LiveTable {
    let live_rule =
        |(at, rule): (usize, &Rule)| LiveRule { handle: at as Handle + 1, rule: rule.clone(), counted: None };
    let live_chain = |chain: &Chain| LiveChain {
        name: chain.name.clone(),
        base: chain.base,
        rules: chain.rules.iter().enumerate().map(live_rule).collect(),
    };
    let live_object = |object: &Object| LiveObject { object: object.clone(), counted: None };
    LiveTable {
        id: table.id.clone(),
        flags: table.flags,
        owner: None,
        objects: table.objects.iter().map(live_object).collect(),
        sets: table.sets.clone(),
        chains: table.chains.iter().map(live_chain).collect(),
    }
}

fn rules(ids: &[&str]) -> Vec<Rule> {
    ids.iter().map(|id| rule(id).then(Action::counter())).collect()
}

/// What happens to the rules of a chain, in a few words each.
fn check(from: &[&str], to: &[Rule], expected: &[&str]) {
    let steps = diff(Some(&held(&table(rules(from), Vec::new()))), &table(to.to_vec(), Vec::new())).unwrap();
    let id = |rule: &Rule| rule.id.as_ref().unwrap().to_string();
    let words = |change: &Change| match change {
        Change::AddRule(_, Place::End, rule) => format!("add {}", id(rule)),
        Change::AddRule(_, Place::Before(handle), rule) => format!("add {} before {handle}", id(rule)),
        Change::ReplaceRule(_, handle, rule) => format!("replace {handle} by {}", id(rule)),
        Change::DeleteRule(_, handle) => format!("delete {handle}"),
        other => format!("{other:?}"),
    };
    assert_eq!(steps.switch.changes.iter().map(words).collect::<Vec<_>>(), expected);
    assert!(steps.fill.changes.is_empty() && steps.clear.changes.is_empty());
}

#[test]
fn equal_tables_need_no_step() {
    check(&["a", "b"], &rules(&["a", "b"]), &[]);
}

#[test]
fn rules_that_keep_their_order_stay_and_the_others_move() {
    check(&["a", "b"], &rules(&["a", "x", "b", "y"]), &["add x before 2", "add y"]);
    check(&["a", "b", "c"], &rules(&["c", "a", "b"]), &["add c before 1", "delete 3"]);
    check(&["a", "b", "c"], &rules(&["b"]), &["delete 1", "delete 3"]);
    check(&[], &rules(&["a", "b"]), &["add a", "add b"]);
}

#[test]
fn a_rule_that_changed_is_replaced_in_its_place() {
    let mut changed = rules(&["a", "b"]);
    changed[1] = rule("b").then(Action::drop());
    check(&["a", "b"], &changed, &["replace 2 by b"]);
}

#[test]
fn nft_1_what_is_new_is_filled_before_a_rule_asks_it_and_what_is_old_goes_last() {
    let set = |text: &str, port: u16| Set {
        head: SetHead::of(name(text), Datatype::Port),
        elements: vec![Element::one(Data::port(port))],
    };
    let asking = |text: &str| vec![rule("a").when(Field::TCP_DPORT.in_set(&name(text))).then(Action::accept())];
    let from = table(asking("old"), vec![set("old", 1), set("kept", 1)]);
    let to = table(asking("new"), vec![set("new", 2), set("kept", 3)]);
    let steps = diff(Some(&held(&from)), &to).unwrap();
    let (new, kept) = (set("new", 2), set("kept", 3));
    assert_eq!(steps.fill.changes, [Change::AddSet(new.head.clone()), Change::AddElements(new.head, new.elements)]);
    assert_eq!(
        steps.switch.changes,
        [
            Change::DeleteElements(kept.head.clone(), set("kept", 1).elements),
            Change::AddElements(kept.head, kept.elements),
            Change::ReplaceRule(name("in"), 1, asking("new").remove(0)),
        ]
    );
    assert_eq!(steps.clear.changes, [Change::DeleteSet(name("old"))]);
}

#[test]
fn what_rules_fill_is_left_as_it_is() {
    let seen = |elements| Set { head: SetHead::of(name("seen"), Datatype::Ipv4).filled_by_rules(10), elements };
    let one = vec![Element::one(Data::network32(1))];
    let steps = diff(Some(&held(&table(Vec::new(), vec![seen(one)]))), &table(Vec::new(), vec![seen(Vec::new())]));
    assert!(steps.unwrap().is_empty());
}

#[test]
fn a_chain_that_moves_is_made_anew_and_a_policy_is_set() {
    let from = table(rules(&["a"]), Vec::new());
    let mut to = from.clone();
    to.chains[0].base.as_mut().unwrap().policy = Policy::Drop;
    let steps = diff(Some(&held(&from)), &to).unwrap();
    assert_eq!(steps.switch.changes, [Change::SetPolicy(name("in"), Policy::Drop)]);
    to.chains[0].base.as_mut().unwrap().priority = 7;
    let steps = diff(Some(&held(&from)), &to).unwrap();
    assert_eq!(
        steps.switch.changes,
        [
            Change::FlushChain(name("in")),
            Change::DeleteChain(name("in")),
            Change::AddChain(name("in"), to.chains[0].base),
            Change::AddRule(name("in"), Place::End, rules(&["a"]).remove(0)),
        ]
    );
}
