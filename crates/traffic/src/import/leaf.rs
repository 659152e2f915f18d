//! What INPUT asks, with the chains that it calls written out where they are called.

use crate::iptables::Target;
use crate::iptables::model::{Chain, Go, Header, Rule, Table};

/// Most rules that INPUT is written out to; a larger one stays as it is.
pub(super) const LEAVES_MAX: usize = 5_000;

/// Calls within calls that are followed: chains met in the field are three deep.
const DEPTH_MAX: usize = 16;

/// A rule as a packet of INPUT meets it: with everything that the calls on its way ask.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Leaf {
    pub(super) rule: Rule,
    /// The rule of INPUT itself that it is, or that leads to it.
    pub(super) top: usize,
}

/// All rules a packet of INPUT meets; none where calls return under a condition, or go elsewhere: what decides is then
/// no longer the first rule that matches.
pub(super) fn leaves(table: &Table) -> Option<Vec<Leaf>> {
    let input = table.chain("INPUT")?;
    let mut leaves = Vec::new();
    for (top, rule) in input.rules.iter().enumerate() {
        if is_return(rule) {
            break;
        }
        write_out(table, rule.clone(), top, 0, &mut leaves)?;
    }
    Some(leaves)
}

fn write_out(table: &Table, rule: Rule, top: usize, depth: usize, leaves: &mut Vec<Leaf>) -> Option<()> {
    let called = match &rule.go {
        Some(Go::Goto(_) | Go::Jump(Target::Return)) => return None,
        Some(Go::Jump(Target::Chain(name))) => table.chain(name)?,
        _ => {
            leaves.push(Leaf { rule, top });
            return (leaves.len() <= LEAVES_MAX).then_some(());
        }
    };
    (depth < DEPTH_MAX).then_some(())?;
    for inner in before_return(called) {
        write_out(table, both(&rule, inner)?, top, depth + 1, leaves)?;
    }
    Some(())
}

fn before_return(chain: &Chain) -> impl Iterator<Item = &Rule> {
    chain.rules.iter().take_while(|rule| !is_return(rule))
}

/// Whether everything that comes here goes back to the caller.
fn is_return(rule: &Rule) -> bool {
    rule.go == Some(Go::Jump(Target::Return)) && rule.header == Header::default() && rule.matches.is_empty()
}

/// What a rule does under what the call that leads to it asks; none where both ask of the same thing.
fn both(call: &Rule, rule: &Rule) -> Option<Rule> {
    let header = Header {
        source: either(&call.header.source, &rule.header.source)?,
        destination: either(&call.header.destination, &rule.header.destination)?,
        input: either(&call.header.input, &rule.header.input)?,
        output: either(&call.header.output, &rule.header.output)?,
        protocol: either(&call.header.protocol, &rule.header.protocol)?,
        fragment: either(&call.header.fragment, &rule.header.fragment)?,
    };
    let matches = call.matches.iter().chain(&rule.matches).cloned().collect();
    Some(Rule { header, matches, ..rule.clone() })
}

fn either<T: Clone + PartialEq>(one: &Option<T>, other: &Option<T>) -> Option<Option<T>> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => None,
        (Some(_), _) => Some(one.clone()),
        _ => Some(other.clone()),
    }
}
