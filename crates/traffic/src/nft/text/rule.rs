//! A rule, read expression by expression as the kernel runs it.

use super::super::build::ETHERNET;
use super::super::data::Data;
use super::super::datatype::Datatype;
use super::super::expr::{Expr, Order, Register, Verdict};
use super::super::field::{Field, Load, NFPROTO_IPV4, NFPROTO_IPV6, Need};
use super::super::keys::{CmpOp, DynsetOp, Family, MetaKey};
use super::super::name::Name;
use super::super::set::Set;
use super::super::table::Rule;
use super::held::Held;
use super::statement;
use super::value::{duration, number};

/// The text of a rule of a table of this family that holds these sets.
#[must_use]
pub fn render_rule(family: Family, sets: &[Set], rule: &Rule) -> String {
    let mut reader = Reader::new(family, sets);
    let mut rest = rule.exprs.as_slice();
    while let Some((expr, after)) = rest.split_first() {
        rest = reader.step(expr, after);
    }
    let mut words = reader.said;
    words.extend(rule.id.as_ref().map(|id| format!("comment \"{id}\"")));
    words.join(" ")
}

struct Reader<'a> {
    sets: &'a [Set],
    held: Vec<(Register, Held)>,
    family: Option<u8>,
    protocol: Option<u8>,
    ethernet: bool,
    said: Vec<String>,
    /// The last thing said is only there for what follows: left out where that implies it.
    implied: Option<Need>,
}

impl<'a> Reader<'a> {
    fn new(family: Family, sets: &'a [Set]) -> Reader<'a> {
        let known = match family {
            Family::Ip => Some(NFPROTO_IPV4),
            Family::Ip6 => Some(NFPROTO_IPV6),
            _ => None,
        };
        Reader {
            sets,
            held: Vec::new(),
            family: known,
            protocol: None,
            ethernet: false,
            said: Vec::new(),
            implied: None,
        }
    }

    /// Reads one expression, or two that belong together; gives what is left.
    fn step<'e>(&mut self, expr: &Expr, after: &'e [Expr]) -> &'e [Expr] {
        if self.load(expr) || self.shape(expr) {
            return after;
        }
        match expr {
            Expr::Cmp { from, op, value } => {
                if let (CmpOp::Gte, Some((Expr::Cmp { from: same, op: CmpOp::Lte, value: high }, rest))) =
                    (*op, after.split_first())
                    && same == from
                {
                    self.say_of(*from, |held| held.within(false, value, high));
                    return rest;
                }
                self.compare(*from, *op, value);
            }
            Expr::Range { from, negated, low, high } => self.say_of(*from, |held| held.within(*negated, low, high)),
            Expr::Lookup { from, set, into: None, negated } => {
                let sign = if *negated { "!= " } else { "" };
                let key = self.key(*from, set);
                self.say(format!("{key} {sign}@{set}"));
            }
            Expr::LookupVerdict { from, set } => {
                let key = self.key(*from, set);
                self.say(format!("{key} vmap @{set}"));
            }
            Expr::Dynset { .. } => self.fill(expr),
            Expr::ObjectMap { from, set } => {
                let key = self.key(*from, set);
                self.say(format!("counter name {key} map @{set}"));
            }
            Expr::PayloadSet { from, base, offset, len, .. } => {
                let load = Load::Payload(*base, *offset, *len);
                let (text, datatype) = match self.field(load) {
                    Some(field) => {
                        self.leave_out(field.need);
                        (field.text.to_owned(), field.datatype)
                    }
                    None => (unnamed(load), raw_type(load)),
                };
                let value = self.get(*from).as_value(datatype);
                self.say(format!("{text} set {value}"));
            }
            Expr::Reject(reject) => self.say(statement::render_reject(*reject, self.family)),
            other => {
                let text = statement::render(other, |register| self.get(register));
                self.say(text);
            }
        }
        after
    }

    fn say(&mut self, text: String) {
        self.implied = None;
        self.said.push(text);
    }

    fn say_of(&mut self, from: Register, text: impl FnOnce(&Held) -> String) {
        let text = text(&self.get(from));
        self.say(text);
    }

    fn get(&self, register: Register) -> Held {
        let held = self.held.iter().rev().find(|(place, _)| *place == register);
        held.map_or_else(|| Held::loaded("?", Datatype::Integer(4)), |(_, held)| held.clone())
    }

    fn put(&mut self, register: Register, held: Held) {
        self.held.retain(|(place, _)| *place != register);
        self.held.push((register, held));
    }

    /// What is looked up: as many parts as the set's key has, side by side.
    fn key(&self, from: Register, set: &Name) -> String {
        let parts = self.sets.iter().find(|known| known.head.name == *set).map(|known| known.head.key.as_slice());
        let mut place = from.place();
        let mut texts = Vec::new();
        for part in parts.unwrap_or(&[Datatype::Integer(4)]) {
            let held = Register::new(place).map(|register| self.get(register).as_value(*part));
            texts.push(held.unwrap_or_default());
            place = place.saturating_add(u8::try_from(part.n_bytes().div_ceil(4)).unwrap_or(u8::MAX));
        }
        texts.join(" . ")
    }

    fn compare(&mut self, from: Register, op: CmpOp, value: &Data) {
        let held = self.get(from);
        let asked = Field::ALL.iter().find(|field| field.text == held.text).filter(|_| op == CmpOp::Eq);
        let byte = number(value.bytes(), false).and_then(|number| u8::try_from(number).ok());
        self.say(held.compared(op, value));
        let need = match (asked.map(|field| field.load), byte) {
            (Some(Load::Meta(MetaKey::Nfproto)), Some(family)) => {
                self.family = Some(family);
                Some(Need::Family(family))
            }
            (Some(Load::Meta(MetaKey::L4proto)), Some(protocol)) => {
                self.protocol = Some(protocol);
                Some(Need::Protocol(protocol))
            }
            (Some(Load::Meta(MetaKey::Iiftype)), _) if *value == Data::host16(ETHERNET) => {
                self.ethernet = true;
                Some(Need::Ethernet)
            }
            _ => None,
        };
        self.implied = need;
    }

    /// Loads: true where the expression is one.
    fn load(&mut self, expr: &Expr) -> bool {
        let (into, load) = match *expr {
            Expr::Payload { into, base, offset, len } => (into, Load::Payload(base, offset, len)),
            Expr::Meta { into, key } => (into, Load::Meta(key)),
            Expr::Ct { into, key, direction } => (into, Load::Ct(key, direction)),
            Expr::Fib { into, result, of } => (into, Load::Fib(result, of)),
            Expr::Socket { into, key, level: None } => (into, Load::Socket(key)),
            Expr::Immediate { into, ref value } => {
                self.put(into, Held::fixed(value));
                return true;
            }
            _ => return false,
        };
        let field = self.field(load).or_else(|| self.start_of_address(load));
        let held = match field {
            Some(field) => {
                self.leave_out(field.need);
                Held::field(field)
            }
            None => Held::loaded(unnamed(load), raw_type(load)),
        };
        self.put(into, held);
        true
    }

    /// The field of a load that means something here.
    fn field(&self, load: Load) -> Option<&'static Field> {
        let holds = |need: Need| match need {
            Need::Nothing => true,
            Need::Family(family) => self.family == Some(family),
            Need::Protocol(protocol) => self.protocol == Some(protocol),
            Need::Ethernet => self.ethernet,
        };
        Field::ALL.iter().find(|field| field.load == load && holds(field.need))
    }

    /// The address that a shorter load is the start of: `nft` asks for prefixes of whole bytes so.
    fn start_of_address(&self, load: Load) -> Option<&'static Field> {
        let Load::Payload(base, offset, len) = load else { return None };
        let whole = [4, 16].into_iter().filter(|whole| len < *whole);
        let mut fields = whole.filter_map(|whole| self.field(Load::Payload(base, offset, whole)));
        fields.find(|field| matches!(field.datatype, Datatype::Ipv4 | Datatype::Ipv6))
    }

    fn leave_out(&mut self, need: Need) {
        if self.implied.take().is_some_and(|implied| implied == need) {
            self.said.pop();
        }
    }

    /// What is done to registers: true where the expression does.
    fn shape(&mut self, expr: &Expr) -> bool {
        let (into, held) = match *expr {
            Expr::Bitwise { from, into, ref mask, ref xor } => {
                let held = self.get(from);
                let flipped = xor.bytes().iter().any(|byte| *byte != 0);
                let text = if flipped { format!("{} ^ {xor:?}", held.text) } else { held.text.clone() };
                (into, Held { text, mask: Some(mask.clone()), ..held })
            }
            Expr::Shift { from, into, left, by, .. } => {
                let held = self.get(from);
                let sign = if left { "<<" } else { ">>" };
                (into, Held { text: format!("{} {sign} {by}", held.masked()), mask: None, ..held })
            }
            Expr::Byteorder { from, into, to, .. } => {
                let held = self.get(from);
                (into, Held { host_order: to == Order::Host, ..held })
            }
            Expr::Numgen { into, kind, modulus, offset } => {
                let text = format!("numgen {} mod {modulus}{}", kind.word(), plus(offset));
                (into, Held { host_order: true, ..Held::loaded(text, Datatype::Integer(4)) })
            }
            Expr::Jhash { from, into, len, modulus, seed, offset } => {
                let seed = seed.map(|seed| format!(" seed {seed:#x}")).unwrap_or_default();
                let text = format!("jhash {} mod {modulus}{seed}{}", self.hashed(from, len), plus(offset));
                (into, Held { host_order: true, ..Held::loaded(text, Datatype::Integer(4)) })
            }
            Expr::Symhash { into, modulus, offset } => {
                let text = format!("symhash mod {modulus}{}", plus(offset));
                (into, Held { host_order: true, ..Held::loaded(text, Datatype::Integer(4)) })
            }
            Expr::Lookup { from, ref set, into: Some(into), .. } => {
                (into, Held::loaded(format!("{} map @{set}", self.key(from, set)), Datatype::Integer(4)))
            }
            Expr::Rt { into, key } => (into, Held::loaded(format!("rt {}", key.word()), Datatype::Realm)),
            Expr::Exthdr { into, op, kind, offset, len, present } => {
                let datatype = if present { Datatype::Boolean } else { Datatype::Integer(4) };
                (into, Held::loaded(statement::render_option(op, kind, offset, len, present), datatype))
            }
            Expr::Socket { into, key, level } => {
                let level = level.map(|level| format!(" level {level}")).unwrap_or_default();
                (into, Held::loaded(format!("socket {}{level}", key.word()), Datatype::Integer(8)))
            }
            _ => return false,
        };
        self.put(into, held);
        true
    }

    /// Registers that are hashed together, as many as the length covers.
    fn hashed(&self, from: Register, len: u32) -> String {
        let end = u32::from(from.place()) + len.div_ceil(4);
        let mut within: Vec<&(Register, Held)> =
            self.held.iter().filter(|(at, _)| *at >= from && u32::from(at.place()) < end).collect();
        within.sort_by_key(|(at, _)| *at);
        within.iter().map(|(_, held)| held.masked()).collect::<Vec<_>>().join(" . ")
    }

    fn fill(&mut self, expr: &Expr) {
        let Expr::Dynset { set, op, key, data, timeout_ms, beside } = expr else { return };
        let mut entry = vec![self.key(*key, set)];
        entry.extend(timeout_ms.map(|ms| format!("timeout {}", duration(ms))));
        entry.extend(beside.iter().map(|expr| statement::render(expr, |register| self.get(register))));
        entry.extend(data.map(|data| format!(": {}", self.get(data).masked())));
        let verb = match op {
            DynsetOp::Add => "add",
            DynsetOp::Update => "update",
            DynsetOp::Delete => "delete",
        };
        self.say(format!("{verb} @{set} {{ {} }}", entry.join(" ")));
    }
}

fn plus(offset: u32) -> String {
    if offset == 0 { String::new() } else { format!(" offset {offset}") }
}

/// A load that has no name.
fn unnamed(load: Load) -> String {
    match load {
        Load::Payload(base, offset, len) => format!("@{},{},{}", base.word(), offset * 8, len * 8),
        Load::Meta(key) => format!("meta {}", key.word()),
        Load::Ct(key, Some(direction)) => format!("ct {} {}", direction.word(), key.word()),
        Load::Ct(key, None) => format!("ct {}", key.word()),
        Load::Fib(result, of) => format!("fib {} {}", statement::render_fib(of), result.word()),
        Load::Socket(key) => format!("socket {}", key.word()),
    }
}

fn raw_type(load: Load) -> Datatype {
    match load {
        Load::Payload(_, _, len) => Datatype::Other(0, u8::try_from(len).unwrap_or(u8::MAX)),
        Load::Fib(_, of) if of.present => Datatype::Boolean,
        Load::Fib(..) => Datatype::Interface,
        _ => Datatype::Mark,
    }
}

/// A verdict in words.
pub fn render_verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Accept => "accept".to_owned(),
        Verdict::Drop => "drop".to_owned(),
        Verdict::Continue => "continue".to_owned(),
        Verdict::Return => "return".to_owned(),
        Verdict::Jump(chain) => format!("jump {chain}"),
        Verdict::Goto(chain) => format!("goto {chain}"),
    }
}
