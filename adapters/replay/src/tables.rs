//! Rules of nf_tables as the kernel holds them: their names, how they end, what they counted.

use crate::messages::Error;
use crate::outcome::Watched;
use nines_nft::Connection;
use nines_traffic::net::Family;
use nines_traffic::nft::expr::Verdict as End;
use nines_traffic::nft::{ChainKind, Expr, LiveChain, LiveRule, LiveTable, TableId};
use nines_traffic::simulate::Verdict;

/// The table whose acceptance is the last word.
const FILTER: &str = "filter";

/// Tables, ours or those of the iptables that writes through nf_tables.
#[derive(Debug)]
pub struct Tables {
    /// Their rules, in the order of the counts.
    pub rules: Vec<Watched>,
    connection: Connection,
    ids: Vec<TableId>,
}

impl Tables {
    /// Reads those that are there of these.
    pub fn read(ids: &[TableId]) -> Result<Tables, Error> {
        let failed = |error| Error::no_part("nf_tables")(&error);
        let mut read = Tables { rules: Vec::new(), connection: Connection::open().map_err(failed)?, ids: Vec::new() };
        for id in ids {
            let (_, table) = read.connection.table(id).map_err(failed)?;
            let Some(table) = table else { continue };
            let chains = table.chains.iter();
            read.rules.extend(chains.flat_map(|chain| rules_of(&table, chain)));
            read.ids.push(id.clone());
        }
        Ok(read)
    }

    /// Packets that each rule counted.
    pub fn counts(&mut self) -> Result<Vec<u64>, Error> {
        let mut counts = Vec::with_capacity(self.rules.len());
        for id in &self.ids {
            let of_table = self.connection.counts(id).map_err(|error| Error::interrupted("reading counts", &error))?;
            counts.extend(of_table.iter().map(|count| count.packets));
        }
        Ok(counts)
    }
}

fn rules_of(table: &LiveTable, chain: &LiveChain) -> Vec<Watched> {
    let is_ours = table.id.family == nines_traffic::nft::Family::Inet;
    let name = |number: usize, rule: &LiveRule| match &rule.rule.id {
        // What takes several rules of the kernel has one id.
        Some(id) if is_ours => plain(id.as_str().split('#').next().unwrap_or_default()).to_owned(),
        _ => format!("{}/{}/{number}", table.id.name, chain.name),
    };
    // Chains of raw rules are named by their table: `ipv4/filter/INPUT`.
    let written_for = if is_ours { chain.name.as_str().split('/').nth(1) } else { Some(table.id.name.as_str()) };
    let is_filter = match written_for {
        Some(of) => of == FILTER,
        None => chain.base.is_none_or(|base| base.kind == ChainKind::Filter),
    };
    let watched =
        |(number, rule): (usize, &LiveRule)| Watched { name: name(number, rule), end: end_of(rule), is_filter };
    (1..).zip(&chain.rules).map(watched).collect()
}

/// A raw rule by the name that answers give it, without its family.
fn plain(id: &str) -> &str {
    [Family::V4, Family::V6]
        .into_iter()
        .find_map(|family| id.strip_prefix(family.name())?.strip_prefix('/'))
        .unwrap_or(id)
}

fn end_of(rule: &LiveRule) -> Option<Verdict> {
    rule.rule.exprs.iter().find_map(|expr| match expr {
        Expr::Verdict(End::Accept) => Some(Verdict::Accept),
        Expr::Verdict(End::Drop) => Some(Verdict::Drop),
        Expr::Reject(_) => Some(Verdict::Reject),
        Expr::Xtables { target: true, name, .. } if name == "REJECT" => Some(Verdict::Reject),
        _ => None,
    })
}
