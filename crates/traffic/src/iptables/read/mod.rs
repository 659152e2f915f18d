//! The grammar of `iptables-save` and `iptables-restore`, in: every line becomes something, and every fault has its
//! line and column.
//!
//! Beside what `iptables-save` writes, this reads what people write: commands (`-N -P -F -X -Z -D -R -I -E`), options in
//! any order and any unambiguous abbreviation, `!` after the option as before 2009, single quotes, several addresses in
//! one rule. A rule that cannot be read stays in its chain as an opaque one, so that numbers of rules stay true.

mod commands;
mod matches;
mod options;
mod rule;
mod targets;
mod values;
mod words;

pub(crate) use super::names::{has_one_code, icmp_kind};
pub(crate) use values::mac;

use super::model::{Chain, Counters, Go, Hook, Policy, Rule, Ruleset, Table, TableName};
use super::targets::Target;
use crate::finding::{Finding, Place, Severity};
use crate::messages::{Fact, Hint};
use crate::net::{Family, Net};
use crate::services::Services;
use std::collections::BTreeSet;

/// Longest name of a chain, as the kernel holds it.
pub const CHAIN_NAME_BYTES_MAX: usize = 28;

/// Most lines of a file: the largest rule set met in the field has 6203 rules; this is for a host with a list in rules.
pub const LINES_MAX: usize = 1_000_000;

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The rules, unreadable ones in their places.
    pub rules: Ruleset,
    /// Every line.
    pub lines: Vec<Line>,
    /// What is wrong, in the order of the lines.
    pub findings: Vec<Finding>,
}

impl Read {
    /// Whether everything could be read.
    pub fn is_whole(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// A line.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// As written.
    pub text: String,
    /// What it is.
    pub kind: LineKind,
}

/// What a line is.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum LineKind {
    Blank,
    Comment,
    Table,
    Chain,
    Commit,
    /// A command that adds no rule, or a rule for the other family.
    Command,
    /// A rule: its chain, and the rules it stands for (several addresses make several).
    Rule {
        table: TableName,
        chain: String,
        rules: Vec<Rule>,
        fault: Option<(Fact, Hint)>,
    },
    /// Nothing of the grammar.
    Unknown,
}

/// What is wrong in a line.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::iptables) struct Fault {
    pub(in crate::iptables) column: usize,
    pub(in crate::iptables) fact: Fact,
    pub(in crate::iptables) hint: Hint,
}

/// Reads a file. Its family is IPv6 where the first line says `ip6tables-save` or its addresses are.
pub fn read(file: &str, text: &str, services: &Services) -> Read {
    read_as(file, text, family_of(text), services)
}

/// Reads a file of a known family.
pub fn read_as(file: &str, text: &str, family: Family, services: &Services) -> Read {
    let mut reader = Reader {
        file,
        services,
        table: None,
        done: BTreeSet::new(),
        read: Read { rules: Ruleset { family, tables: Vec::new() }, ..Read::default() },
    };
    for (number, line) in (1..).zip(text.lines()) {
        if number > LINES_MAX {
            reader
                .tell(number, Fault { column: 1, fact: Fact::TooManyLines { limit: LINES_MAX }, hint: Hint::UseLists });
            break;
        }
        reader.take(number, line.trim_end_matches('\r'));
    }
    reader.finish(text.lines().count().max(1));
    reader.read
}

/// The family that a file speaks of.
pub fn family_of(text: &str) -> Family {
    let first = text.lines().next().unwrap_or_default();
    match (first.contains("ip6tables-save"), first.contains("iptables-save")) {
        (true, _) => return Family::V6,
        (false, true) => return Family::V4,
        (false, false) => {}
    }
    let rules = text
        .lines()
        .filter(|line| !line.trim_start().starts_with(['#', ':', '*']) && !line.trim_start().starts_with("-6 "));
    let words = rules.flat_map(|line| line.split([' ', '\t', ',']));
    let bare = |word: &str| word.trim_start_matches('[').split(['-', ']']).next().unwrap_or_default().to_owned();
    let mut families = words
        .filter(|word| word.contains([':', '.']))
        .filter_map(|word| Net::parse(word).or_else(|| Net::parse(&bare(word))).map(|(net, _)| net.family()));
    families.next().unwrap_or_default()
}

struct Reader<'t> {
    file: &'t str,
    services: &'t Services,
    table: Option<Open>,
    done: BTreeSet<TableName>,
    read: Read,
}

/// A table between its `*` and its `COMMIT`.
struct Open {
    table: Table,
    /// Where chains are called: line, column, name.
    calls: Vec<Call>,
}

struct Call {
    line: usize,
    column: usize,
    from: String,
    to: String,
}

impl Reader<'_> {
    fn tell(&mut self, line: usize, fault: Fault) {
        let place = Place { file: self.file.to_owned(), line, column: fault.column };
        let path = String::new();
        self.read.findings.push(Finding { place, path, severity: Severity::Error, fact: fault.fact, hint: fault.hint });
    }

    fn take(&mut self, number: usize, text: &str) {
        let body = text.trim_start();
        let indent = text.chars().count() - body.chars().count();
        let kind = match body.chars().next() {
            None => Ok(LineKind::Blank),
            Some('#') => Ok(LineKind::Comment),
            Some('*') => self.open_table(body, indent).map(|()| LineKind::Table),
            Some(':') => self.declare(body, indent).map(|()| LineKind::Chain),
            _ if body.trim_end() == "COMMIT" => self.commit(indent).map(|()| LineKind::Commit),
            _ => self.command(number, text),
        };
        let kind = kind.unwrap_or_else(|fault| {
            self.tell(number, fault);
            LineKind::Unknown
        });
        self.read.lines.push(Line { number, text: text.to_owned(), kind });
    }

    fn open_table(&mut self, body: &str, indent: usize) -> Result<(), Fault> {
        let column = indent + 1;
        if let Some(open) = &self.table {
            let fact = Fact::TableNotCommitted { table: open.table.name.name().to_owned() };
            self.commit(indent)?;
            return Err(Fault { column, fact, hint: Hint::AddCommit });
        }
        let name = body.get(1..).unwrap_or_default().trim();
        let Some(table) = TableName::parse(name) else {
            let near = nines_yaml::nearest(name, TableName::ALL.map(TableName::name));
            let fact = Fact::UnknownTable { table: nines_yaml::clipped(name) };
            let hint = near.map_or(Hint::TablesAre, |word| Hint::DidYouMean { word: word.to_owned() });
            return Err(Fault { column: column + 1, fact, hint });
        };
        // A second section of a table replaces the first, as restore without `--noflush` does.
        self.table = Some(Open { table: Table::new(table), calls: Vec::new() });
        Ok(())
    }

    fn declare(&mut self, body: &str, indent: usize) -> Result<(), Fault> {
        let words = words::split(body)?;
        let fault = |nth: usize, fact, hint| {
            let column = words.get(nth).map_or(body.chars().count(), |word| word.column) + indent;
            Err(Fault { column, fact, hint })
        };
        let Some(open) = &mut self.table else { return fault(0, Fact::OutsideTable, Hint::BeginTable) };
        let name = words.first().and_then(|word| word.text.strip_prefix(':')).unwrap_or_default();
        if let Some((fact, hint)) = name_fault(name) {
            return fault(0, fact, hint);
        }
        let policy = match words.get(1).map(|word| word.text.as_str()) {
            Some("ACCEPT") => Some(Policy::Accept),
            Some("DROP") => Some(Policy::Drop),
            Some("-") => None,
            other => {
                let fact = Fact::NotAPolicy { policy: other.unwrap_or_default().to_owned() };
                return fault(1, fact, Hint::PoliciesAre);
            }
        };
        let counters = match words.get(2) {
            None => Counters::default(),
            Some(word) => match values::counters(&word.text) {
                Some(counters) => counters,
                None => return fault(2, Fact::BadCounters { text: word.text.clone() }, Hint::CountersAre),
            },
        };
        let built_in = Hook::parse(name).is_some_and(|hook| open.table.name.hooks().contains(&hook));
        match (built_in, policy) {
            (true, None) => return fault(1, Fact::BuiltInWithoutPolicy { chain: name.to_owned() }, Hint::PoliciesAre),
            (false, Some(_)) if Hook::parse(name).is_some() => {
                let table = open.table.name.name().to_owned();
                return fault(0, Fact::NoSuchBuiltIn { chain: name.to_owned(), table }, Hint::NameAnotherChain);
            }
            (false, Some(_)) => {
                return fault(1, Fact::UserChainWithPolicy { chain: name.to_owned() }, Hint::DashForPolicy);
            }
            _ => {}
        }
        match open.table.chains.iter_mut().find(|chain| chain.name == name) {
            Some(chain) => {
                // Told again, a chain is emptied.
                *chain = Chain { name: name.to_owned(), policy, counters, rules: Vec::new() };
                open.calls.retain(|call| call.from != name);
            }
            None => open.table.chains.push(Chain { name: name.to_owned(), policy, counters, rules: Vec::new() }),
        }
        Ok(())
    }

    fn commit(&mut self, indent: usize) -> Result<(), Fault> {
        let Some(open) = self.table.take() else {
            return Err(Fault { column: indent + 1, fact: Fact::OutsideTable, hint: Hint::BeginTable });
        };
        self.check_calls(&open);
        self.done.insert(open.table.name);
        self.read.rules.tables.retain(|table| table.name != open.table.name);
        self.read.rules.tables.push(open.table);
        Ok(())
    }

    /// Chains that are called exist, are no built-in ones, and never lead back to themselves.
    fn check_calls(&mut self, open: &Open) {
        // A rule that a later command removed calls nothing.
        let left: BTreeSet<usize> =
            open.table.chains.iter().flat_map(|chain| &chain.rules).map(|rule| rule.line).collect();
        for Call { line, column, from, to } in open.calls.iter().filter(|call| left.contains(&call.line)) {
            let Some(chain) = open.table.chain(to) else {
                let names = open.table.chains.iter().map(|chain| chain.name.as_str());
                let known = names.chain(super::names::TARGETS);
                let hint = nines_yaml::nearest(to, known)
                    .map_or(Hint::DefineChain { chain: to.clone() }, |word| Hint::DidYouMean { word: word.to_owned() });
                let fact = Fact::UnknownChain { chain: nines_yaml::clipped(to) };
                self.tell_of_rule(*line, Fault { column: *column, fact, hint });
                continue;
            };
            let fact = match chain.policy {
                Some(_) => Some(Fact::CallOfBuiltIn { chain: to.clone() }),
                None if leads_to(&open.table, to, from) => Some(Fact::ChainsLoop { chain: to.clone() }),
                None => None,
            };
            if let Some(fact) = fact {
                self.tell_of_rule(*line, Fault { column: *column, fact, hint: Hint::CallAnotherChain });
            }
        }
    }

    /// A fault of a rule that was read before: its line is told so too.
    fn tell_of_rule(&mut self, number: usize, fault: Fault) {
        let line = number.checked_sub(1).and_then(|nth| self.read.lines.get_mut(nth));
        if let Some(LineKind::Rule { fault: told @ None, .. }) = line.map(|line| &mut line.kind) {
            *told = Some((fault.fact.clone(), fault.hint.clone()));
        }
        self.tell(number, fault);
    }

    fn finish(&mut self, last_line: usize) {
        if let Some(open) = &self.table {
            let fact = Fact::TableNotCommitted { table: open.table.name.name().to_owned() };
            self.tell(last_line, Fault { column: 1, fact, hint: Hint::AddCommit });
            // What stands there is kept all the same.
            let _ = self.commit(0);
        }
    }
}

/// Whether a chain's rules lead, by calls, to another.
fn leads_to(table: &Table, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if let Some(chain) = table.chain(&name).filter(|_| seen.insert(name.clone())) {
            open.extend(chain.rules.iter().filter_map(|rule| called(rule).map(str::to_owned)));
        }
    }
    false
}

/// The user chain that a rule calls or goes to.
pub(crate) fn called(rule: &Rule) -> Option<&str> {
    match &rule.go {
        Some(Go::Jump(Target::Chain(name)) | Go::Goto(name)) => Some(name),
        _ => None,
    }
}

/// What is wrong with the name of a chain.
fn name_fault(name: &str) -> Option<(Fact, Hint)> {
    if name.is_empty() {
        return Some((Fact::ChainNameMissing, Hint::NameAnotherChain));
    }
    if name.len() > CHAIN_NAME_BYTES_MAX {
        let fact = Fact::ChainNameLong { bytes: name.len(), limit: CHAIN_NAME_BYTES_MAX };
        return Some((fact, Hint::NameAnotherChain));
    }
    let is_target = super::names::TARGETS.contains(&name);
    (name.starts_with(['-', '!']) || is_target)
        .then(|| (Fact::BadChainName { chain: name.to_owned() }, Hint::NameAnotherChain))
}
