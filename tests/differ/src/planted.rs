//! Bugs that are planted to see whether they are found: the simulator or the kernel is given other rules than the
//! others, such as a mistaken reading or a mistaken compiler would make of them.

use nines_traffic::iptables::matches::Match;
use nines_traffic::iptables::model::{Go, Header, Policy};
use nines_traffic::iptables::{Rule, Ruleset, Target};
use nines_traffic::net::PortRange;
use nines_traffic::nft::expr::Verdict;
use nines_traffic::nft::table::priority;
use nines_traffic::nft::{Expr, Table};

/// A bug.
#[derive(Clone, Copy, Debug)]
pub struct Planted {
    /// What it is called.
    pub name: &'static str,
    /// What it changes.
    pub change: Change,
}

/// Where it sits.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// The simulator walks other rules.
    Simulator(fn(&mut Ruleset)),
    /// The compiler makes another table.
    Compiler(fn(&mut Table)),
}

/// All of them.
pub const PLANTED: [Planted; 9] = [
    Planted { name: "an-inverted-match-is-not-inverted", change: Change::Simulator(ignore_inversion) },
    Planted { name: "return-accepts", change: Change::Simulator(return_accepts) },
    Planted { name: "a-range-of-ports-ends-early", change: Change::Simulator(end_ports_early) },
    Planted { name: "policies-are-ignored", change: Change::Simulator(ignore_policies) },
    Planted { name: "goto-comes-back", change: Change::Compiler(goto_comes_back) },
    Planted { name: "nat-keeps-the-port", change: Change::Compiler(keep_port) },
    Planted { name: "nat-of-the-other-family", change: Change::Compiler(other_family) },
    Planted { name: "raw-comes-after-conntrack", change: Change::Compiler(raw_after_conntrack) },
    Planted { name: "masks-are-ignored", change: Change::Compiler(ignore_masks) },
];

fn each_rule(rules: &mut Ruleset, change: impl Fn(&mut Rule)) {
    let tables = rules.tables.iter_mut().flat_map(|table| &mut table.chains);
    tables.flat_map(|chain| &mut chain.rules).for_each(change);
}

fn each_expr(table: &mut Table, change: impl Fn(&mut Expr)) {
    let rules = table.chains.iter_mut().flat_map(|chain| &mut chain.rules);
    rules.flat_map(|rule| &mut rule.exprs).for_each(change);
}

fn ignore_inversion(rules: &mut Ruleset) {
    each_rule(rules, |rule| {
        let Header { source, destination, .. } = &mut rule.header;
        [source, destination].into_iter().flatten().for_each(|not| not.negated = false);
    });
}

fn return_accepts(rules: &mut Ruleset) {
    each_rule(rules, |rule| {
        if rule.go == Some(Go::Jump(Target::Return)) {
            rule.go = Some(Go::Jump(Target::Accept));
        }
    });
}

fn end_ports_early(rules: &mut Ruleset) {
    let early = |range: &mut PortRange| range.last = range.last.saturating_sub(1).max(range.first);
    each_rule(rules, |rule| {
        for of in &mut rule.matches {
            if let Match::Multiport(of) = of {
                of.ports.iter_mut().for_each(early);
            }
        }
    });
}

fn ignore_policies(rules: &mut Ruleset) {
    let chains = rules.tables.iter_mut().flat_map(|table| &mut table.chains);
    chains.for_each(|chain| chain.policy = chain.policy.map(|_| Policy::Accept));
}

fn goto_comes_back(table: &mut Table) {
    each_expr(table, |expr| {
        if let Expr::Verdict(Verdict::Goto(chain)) = expr {
            *expr = Expr::Verdict(Verdict::Jump(chain.clone()));
        }
    });
}

fn keep_port(table: &mut Table) {
    each_expr(table, |expr| {
        if let Expr::Redirect { port, .. } = expr {
            *port = None;
        }
    });
}

fn other_family(table: &mut Table) {
    each_expr(table, |expr| {
        if let Expr::Nat { v6, .. } = expr {
            *v6 = !*v6;
        }
    });
}

fn raw_after_conntrack(table: &mut Table) {
    let bases = table.chains.iter_mut().filter_map(|chain| chain.base.as_mut());
    bases.filter(|base| base.priority < priority::MANGLE * 2 + 1).for_each(|base| base.priority += -priority::RAW / 2);
}

fn ignore_masks(table: &mut Table) {
    for rule in table.chains.iter_mut().flat_map(|chain| &mut chain.rules) {
        // Marks are put back changed: only what is compared has a mask to ignore.
        let sets = rule.exprs.iter().any(|expr| matches!(expr, Expr::MetaSet { .. }));
        rule.exprs.retain(|expr| sets || !matches!(expr, Expr::Bitwise { .. }));
    }
}
