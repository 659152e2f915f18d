//! Tables, chains and rules by chance.

use super::asked::{anywhere, header, of_protocol, seldom};
use super::done::go;
use super::{Dice, Host};
use crate::iptables::matches::Match;
use crate::iptables::model::{Chain, Header, Hook, Policy, Rule, Ruleset, Table, TableName};

/// Most rules of a generated chain.
const RULES_PER_CHAIN_MAX: u64 = 8;

/// And of one of another table than `filter`.
const RULES_BESIDE_MAX: u64 = 4;

/// User chains of a generated table.
const USER_CHAINS: [&str; 3] = ["a", "b", "c"];

/// A rule set of all five tables: `nat` where `with_nat` is said.
pub fn ruleset(dice: &mut Dice, host: &Host, with_nat: bool) -> Ruleset {
    let names = TableName::ALL.into_iter().filter(|name| *name != TableName::Nat || with_nat);
    Ruleset { family: host.family, tables: names.map(|name| table(dice, host, name)).collect() }
}

fn table(dice: &mut Dice, host: &Host, name: TableName) -> Table {
    let mut table = Table::new(name);
    table.chains.extend(USER_CHAINS.map(Chain::new));
    let n_chains = table.chains.len();
    for (nth, chain) in table.chains.iter_mut().enumerate() {
        // A chain calls only those after it, so that none leads back.
        let callable: &[&str] = match nth.checked_sub(n_chains - USER_CHAINS.len()) {
            None => &USER_CHAINS,
            Some(user) => USER_CHAINS.get(user + 1..).unwrap_or_default(),
        };
        let hook = Hook::parse(&chain.name);
        let n_rules = dice.below(if name == TableName::Filter { RULES_PER_CHAIN_MAX } else { RULES_BESIDE_MAX });
        chain.rules = (0..n_rules).map(|_| rule(dice, host, name, hook, callable)).collect();
        if chain.policy.is_some() && name == TableName::Filter && dice.once_in(2) {
            chain.policy = Some(Policy::Drop);
        }
    }
    table
}

fn rule(dice: &mut Dice, host: &Host, table: TableName, hook: Option<Hook>, callable: &[&str]) -> Rule {
    let mut rule = Rule { header: header(dice, host, hook), ..Rule::default() };
    if table == TableName::Nat && !dice.once_in(3) {
        // Few packets get as far, and few rules would translate any.
        rule.header = Header { protocol: rule.header.protocol, ..Header::default() };
    }
    let protocol = rule.header.protocol.filter(|not| !not.negated).map(|not| not.value);
    if let Some(protocol) = protocol {
        rule.matches.extend(of_protocol(dice, host.family, protocol));
    }
    if dice.once_in(3) {
        rule.matches.push(anywhere(dice, host));
    }
    if dice.once_in(8) {
        let asked = seldom(dice, host, hook);
        // What counts packets is asked alone: elsewhere it may stand where a question has several answers.
        if matches!(asked, Match::Statistic(_)) {
            rule.matches.clear();
        }
        rule.matches.push(asked);
    }
    rule.go = go(dice, host, table, hook, protocol, callable);
    rule
}
