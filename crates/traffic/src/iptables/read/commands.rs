//! Lines that begin with counters or a command: rules, and what people do to chains by hand.

use super::super::matches::{Match, Opaque, WhyOpaque};
use super::super::model::{Chain, Counters, Go, Hook, Policy, Rule, TableName};
use super::super::targets::Target;
use super::rule::{Context, read_rule};
use super::values;
use super::words::{Word, split};
use super::{Call, Fault, LineKind, Open, Reader, called, name_fault};
use crate::messages::{Fact, Hint};
use crate::net::Family;

/// A command of a line.
enum Command<'w> {
    Append(&'w Word),
    Insert(&'w Word, usize),
    Replace(&'w Word, usize),
    Delete(&'w Word, Option<usize>),
    New(&'w Word),
    Rename(&'w Word, &'w Word),
    Policy(&'w Word, &'w Word),
    /// Of one chain or of all.
    Flush(Option<&'w Word>),
    Remove(Option<&'w Word>),
    /// Sets counters to zero.
    Zero,
    /// `-4` or `-6` before a command of the other family.
    Other,
}

const COMMANDS: [(&str, &str); 12] = [
    ("-A", "--append"),
    ("-I", "--insert"),
    ("-R", "--replace"),
    ("-D", "--delete"),
    ("-N", "--new-chain"),
    ("-E", "--rename-chain"),
    ("-P", "--policy"),
    ("-F", "--flush"),
    ("-X", "--delete-chain"),
    ("-Z", "--zero"),
    ("-4", "--ipv4"),
    ("-6", "--ipv6"),
];

impl Reader<'_> {
    /// A line that is neither comment nor table, chain or commit.
    pub(super) fn command(&mut self, number: usize, text: &str) -> Result<LineKind, Fault> {
        let words = split(text)?;
        let (counters, rest) = leading_counters(&words)?;
        let (command, taken) = read_command(rest, self.read.rules.family)?;
        let spec = rest.get(taken..).unwrap_or_default();
        let column = rest.first().map_or(1, |word| word.column);
        if self.table.is_none() {
            return Err(Fault { column, fact: Fact::OutsideTable, hint: Hint::BeginTable });
        }
        match command {
            Command::Append(chain) => self.rule(number, counters, chain, spec, Where::End),
            Command::Insert(chain, at) => self.rule(number, counters, chain, spec, Where::Before(at)),
            Command::Replace(chain, at) => self.rule(number, counters, chain, spec, Where::InPlaceOf(at)),
            Command::Delete(chain, at) => self.delete(chain, at, spec).map(|()| LineKind::Command),
            other => self.change_chains(&other).map(|()| LineKind::Command),
        }
    }

    fn rule(
        &mut self,
        line: usize,
        counters: Option<Counters>,
        chain: &Word,
        spec: &[Word],
        at: Where,
    ) -> Result<LineKind, Fault> {
        let (family, services) = (self.read.rules.family, self.services);
        let Some(open) = &mut self.table else {
            return Err(Fault { column: 1, fact: Fact::OutsideTable, hint: Hint::BeginTable });
        };
        let table = open.table.name;
        let Some(target) = open.table.chains.iter_mut().find(|known| known.name == chain.text) else {
            return Err(no_chain(open, chain));
        };
        let hook = Hook::parse(&chain.text).filter(|hook| table.hooks().contains(hook));
        let context = Context { family, table, hook, services };
        let (rules, fault) = match read_rule(&context, spec) {
            Ok(Some(rules)) => (rules, None),
            // `-4` or `-6` among the options: a rule of the other family.
            Ok(None) => return Ok(LineKind::Command),
            Err(fault) => (vec![opaque_rule(spec)], Some(fault)),
        };
        let rules: Vec<Rule> =
            rules.into_iter().map(|rule| Rule { line, counters: rule.counters.or(counters), ..rule }).collect();
        let place = at.index(target, chain)?;
        if matches!(at, Where::InPlaceOf(_)) {
            target.rules.remove(place);
        }
        target.rules.splice(place..place, rules.iter().cloned());
        let goes = spec.iter().position(|word| matches!(word.text.as_str(), "-j" | "-g" | "--jump" | "--goto"));
        let column = goes.and_then(|nth| spec.get(nth + 1)).map_or(chain.column, |word| word.column);
        if let Some(to) = rules.first().and_then(called) {
            open.calls.push(Call { line, column, from: chain.text.clone(), to: to.to_owned() });
        }
        let told = fault.map(|fault| {
            let told = (fault.fact.clone(), fault.hint.clone());
            self.tell(line, fault);
            told
        });
        Ok(LineKind::Rule { table, chain: chain.text.clone(), rules, fault: told })
    }

    fn delete(&mut self, chain: &Word, at: Option<usize>, spec: &[Word]) -> Result<(), Fault> {
        let (family, services) = (self.read.rules.family, self.services);
        let Some(open) = &mut self.table else { return Ok(()) };
        let table: TableName = open.table.name;
        let Some(target) = open.table.chains.iter_mut().find(|known| known.name == chain.text) else {
            return Err(no_chain(open, chain));
        };
        let place = match at {
            Some(at) => Where::InPlaceOf(at).index(target, chain)?,
            None => {
                let hook = Hook::parse(&chain.text).filter(|hook| table.hooks().contains(hook));
                let context = Context { family, table, hook, services };
                let wanted = read_rule(&context, spec)?.and_then(|rules| rules.into_iter().next());
                let same = |rule: &Rule| wanted.as_ref().is_some_and(|wanted| is_same(rule, wanted));
                let fault = Fault { column: chain.column, fact: Fact::NoSuchRule, hint: Hint::RemoveLine };
                target.rules.iter().position(same).ok_or(fault)?
            }
        };
        target.rules.remove(place);
        Ok(())
    }

    fn change_chains(&mut self, command: &Command<'_>) -> Result<(), Fault> {
        let Some(open) = &mut self.table else { return Ok(()) };
        match command {
            Command::New(name) => {
                let fault = |(fact, hint)| Err(Fault { column: name.column, fact, hint });
                if let Some(told) = name_fault(&name.text) {
                    return fault(told);
                }
                if open.table.chain(&name.text).is_some() {
                    let fact = Fact::ChainTwice { chain: name.text.clone() };
                    return fault((fact, Hint::NameAnotherChain));
                }
                open.table.chains.push(Chain::new(&name.text));
            }
            Command::Policy(name, policy) => {
                let policy = match policy.text.as_str() {
                    "ACCEPT" => Policy::Accept,
                    "DROP" => Policy::Drop,
                    other => {
                        let fact = Fact::NotAPolicy { policy: other.to_owned() };
                        return Err(Fault { column: policy.column, fact, hint: Hint::PoliciesAre });
                    }
                };
                match open.table.chains.iter_mut().find(|chain| chain.name == name.text) {
                    Some(chain) if chain.policy.is_some() => chain.policy = Some(policy),
                    Some(_) => {
                        let fact = Fact::UserChainWithPolicy { chain: name.text.clone() };
                        return Err(Fault { column: name.column, fact, hint: Hint::DashForPolicy });
                    }
                    None => return Err(no_chain(open, name)),
                }
            }
            Command::Rename(from, to) => {
                rename(open, from, to)?;
            }
            Command::Flush(name) => {
                let named = |chain: &Chain| name.is_none_or(|name| name.text == chain.name);
                open.table.chains.iter_mut().filter(|chain| named(chain)).for_each(|chain| chain.rules.clear());
                open.calls.retain(|call| name.is_some_and(|name| name.text != call.from));
            }
            Command::Remove(name) => {
                let named = |chain: &Chain| name.is_none_or(|name| name.text == chain.name);
                open.table.chains.retain(|chain| chain.policy.is_some() || !named(chain));
            }
            _ => {}
        }
        Ok(())
    }
}

fn rename(open: &mut Open, from: &Word, to: &Word) -> Result<(), Fault> {
    if let Some((fact, hint)) = name_fault(&to.text) {
        return Err(Fault { column: to.column, fact, hint });
    }
    let Some(chain) = open.table.chains.iter_mut().find(|chain| chain.name == from.text) else {
        return Err(no_chain(open, from));
    };
    chain.name.clone_from(&to.text);
    for rule in open.table.chains.iter_mut().flat_map(|chain| &mut chain.rules) {
        match &mut rule.go {
            Some(Go::Jump(Target::Chain(name)) | Go::Goto(name)) if *name == from.text => name.clone_from(&to.text),
            _ => {}
        }
    }
    for call in &mut open.calls {
        for name in [&mut call.from, &mut call.to] {
            if *name == from.text {
                name.clone_from(&to.text);
            }
        }
    }
    Ok(())
}

/// Where a rule goes in its chain; numbers are from 1.
#[derive(Clone, Copy)]
enum Where {
    End,
    Before(usize),
    InPlaceOf(usize),
}

impl Where {
    fn index(self, chain: &Chain, name: &Word) -> Result<usize, Fault> {
        let n_rules = chain.rules.len();
        let (index, most) = match self {
            Where::End => return Ok(n_rules),
            Where::Before(number) => (number.checked_sub(1), n_rules),
            Where::InPlaceOf(number) => (number.checked_sub(1), n_rules.saturating_sub(1)),
        };
        let fact = Fact::NoSuchNumber { n_rules };
        let fault = Fault { column: name.column, fact, hint: Hint::NumberFromOne };
        let is_there = !matches!(self, Where::InPlaceOf(_)) || n_rules > 0;
        index.filter(|index| is_there && *index <= most).ok_or(fault)
    }
}

fn is_same(one: &Rule, other: &Rule) -> bool {
    one.header == other.header && one.matches == other.matches && one.go == other.go
}

fn no_chain(open: &Open, name: &Word) -> Fault {
    let near = nines_yaml::nearest(&name.text, open.table.chains.iter().map(|chain| chain.name.as_str()));
    let hint =
        near.map_or(Hint::DefineChain { chain: name.text.clone() }, |word| Hint::DidYouMean { word: word.to_owned() });
    Fault { column: name.column, fact: Fact::UnknownChain { chain: nines_yaml::clipped(&name.text) }, hint }
}

/// A rule that cannot be read, in its place.
fn opaque_rule(spec: &[Word]) -> Rule {
    let words = spec.iter().map(|word| word.text.clone()).collect();
    let opaque = Opaque { name: String::new(), words, why: WhyOpaque::NotRead };
    Rule { matches: vec![Match::Opaque(opaque.clone())], go: Some(Go::Jump(Target::Opaque(opaque))), ..Rule::default() }
}

fn leading_counters(words: &[Word]) -> Result<(Option<Counters>, &[Word]), Fault> {
    let Some((first, rest)) = words.split_first().filter(|(first, _)| first.text.starts_with('[')) else {
        return Ok((None, words));
    };
    match values::counters(&first.text) {
        Some(counters) => Ok((Some(counters), rest)),
        None => {
            let fact = Fact::BadCounters { text: first.text.clone() };
            Err(Fault { column: first.column, fact, hint: Hint::CountersAre })
        }
    }
}

/// The command and how many words it takes.
fn read_command(words: &[Word], family: Family) -> Result<(Command<'_>, usize), Fault> {
    let (first, rest) = match words.split_first() {
        Some(split) => split,
        None => return Err(Fault { column: 1, fact: Fact::NotALine, hint: Hint::LinesAre }),
    };
    let short =
        COMMANDS.iter().find(|(short, long)| first.text == *short || first.text == *long).map(|(short, _)| *short);
    let Some(short) = short else {
        return Err(Fault { column: first.column, fact: Fact::NotALine, hint: Hint::LinesAre });
    };
    let need = |nth: usize| {
        let last = words.last().map_or(1, |word| word.column);
        let fault =
            Fault { column: last, fact: Fact::MissingAfter { option: first.text.clone() }, hint: Hint::LinesAre };
        rest.get(nth).filter(|word| !word.is_option()).ok_or(fault)
    };
    let number = |nth: usize| rest.get(nth).and_then(|word| word.text.parse::<usize>().ok());
    Ok(match short {
        "-A" => (Command::Append(need(0)?), 2),
        "-I" => match number(1) {
            Some(at) => (Command::Insert(need(0)?, at), 3),
            None => (Command::Insert(need(0)?, 1), 2),
        },
        "-R" => {
            let at = number(1).ok_or(Fault {
                column: need(0)?.column,
                fact: Fact::MissingAfter { option: first.text.clone() },
                hint: Hint::NumberFromOne,
            })?;
            (Command::Replace(need(0)?, at), 3)
        }
        "-D" => (Command::Delete(need(0)?, number(1)), if number(1).is_some() { 3 } else { 2 }),
        "-N" => (Command::New(need(0)?), 2),
        "-E" => (Command::Rename(need(0)?, need(1)?), 3),
        "-P" => (Command::Policy(need(0)?, need(1)?), 3),
        "-F" => (Command::Flush(rest.first()), 2),
        "-X" => (Command::Remove(rest.first()), 2),
        "-Z" => (Command::Zero, 2),
        flag if (flag == "-4") == (family == Family::V4) => {
            let (command, taken) = read_command(rest, family)?;
            (command, taken + 1)
        }
        _ => (Command::Other, words.len()),
    })
}
