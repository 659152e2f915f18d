//! Tables, chains, rules and objects.

use nines_traffic::nft::keys::ObjectKind;
use nines_traffic::nft::{
    BaseChain, ChainKind, Count, Family, Hook, LiveChain, LiveObject, LiveRule, LiveTable, Name, Object, ObjectState,
    Policy, Rule, RuleId, TableFlags, TableId,
};

use super::act;
use super::expr;
use super::value::name;
use crate::wire::{Attributes, Malformed, Writer};

pub mod of_table {
    pub const NAME: u16 = 1;
    pub const FLAGS: u16 = 2;
    pub const OWNER: u16 = 7;
    pub const DORMANT: u32 = 1;
    pub const OWNED: u32 = 2;
    pub const PERSIST: u32 = 4;
}

pub mod of_chain {
    pub const TABLE: u16 = 1;
    pub const NAME: u16 = 3;
    pub const HOOK: u16 = 4;
    pub const POLICY: u16 = 5;
    pub const KIND: u16 = 7;
    pub const HOOK_NUMBER: u16 = 1;
    pub const HOOK_PRIORITY: u16 = 2;
}

pub mod of_rule {
    pub const TABLE: u16 = 1;
    pub const CHAIN: u16 = 2;
    pub const HANDLE: u16 = 3;
    pub const EXPRS: u16 = 4;
    pub const POSITION: u16 = 6;
    pub const USERDATA: u16 = 7;
    /// The comment among what a program keeps beside a rule, as `nft` reads it.
    pub const COMMENT: u8 = 0;
}

pub mod of_object {
    pub const TABLE: u16 = 1;
    pub const NAME: u16 = 2;
    pub const KIND: u16 = 3;
    pub const BODY: u16 = 4;
}

/// Flags of a table as bits.
pub fn table_bits(flags: TableFlags) -> u32 {
    let bit = |set: bool, bit: u32| if set { bit } else { 0 };
    bit(flags.dormant, of_table::DORMANT) | bit(flags.owner, of_table::OWNED) | bit(flags.persist, of_table::PERSIST)
}

/// Reads a table; what is in it is told by other messages.
///
/// # Errors
/// Where its name or flags are missing.
pub fn read_table(family: Family, attributes: &Attributes<'_>) -> Result<LiveTable, Malformed> {
    let bits = attributes.be32_or_0(of_table::FLAGS)?;
    Ok(LiveTable {
        id: TableId { family, name: name(attributes, of_table::NAME)? },
        flags: TableFlags {
            dormant: bits & of_table::DORMANT != 0,
            owner: bits & of_table::OWNED != 0,
            persist: bits & of_table::PERSIST != 0,
        },
        owner: attributes.get(of_table::OWNER).map(|_| attributes.be32(of_table::OWNER)).transpose()?,
        objects: Vec::new(),
        sets: Vec::new(),
        chains: Vec::new(),
    })
}

/// The kernel's number of a hook; nothing where the family has none such.
pub fn hook_number(family: Family, hook: Hook) -> Option<u32> {
    let hooks = hooks_of(family);
    hooks.iter().position(|known| *known == hook).and_then(|number| u32::try_from(number).ok())
}

const fn hooks_of(family: Family) -> &'static [Hook] {
    match family {
        Family::Inet => &[Hook::Prerouting, Hook::Input, Hook::Forward, Hook::Output, Hook::Postrouting, Hook::Ingress],
        Family::Ip | Family::Ip6 | Family::Bridge => {
            &[Hook::Prerouting, Hook::Input, Hook::Forward, Hook::Output, Hook::Postrouting]
        }
        Family::Arp => &[Hook::Input, Hook::Output, Hook::Forward],
        Family::Netdev => &[Hook::Ingress, Hook::Egress],
    }
}

/// Writes where the kernel calls a chain.
pub fn write_base(family: Family, base: &BaseChain, out: &mut Writer) {
    out.nest(of_chain::HOOK, |out| {
        out.be32(of_chain::HOOK_NUMBER, hook_number(family, base.hook).unwrap_or(u32::MAX));
        out.bytes(of_chain::HOOK_PRIORITY, &base.priority.to_be_bytes());
    });
    out.be32(of_chain::POLICY, u32::from(base.policy == Policy::Accept));
    out.text(of_chain::KIND, base.kind.word());
}

/// Reads a chain, and the name of its table.
///
/// # Errors
/// Where something of it is missing.
pub fn read_chain(family: Family, attributes: &Attributes<'_>) -> Result<(TableId, LiveChain), Malformed> {
    let base = attributes.get(of_chain::HOOK).map(|_| read_base(family, attributes)).transpose()?;
    let table = TableId { family, name: name(attributes, of_chain::TABLE)? };
    Ok((table, LiveChain { name: name(attributes, of_chain::NAME)?, base, rules: Vec::new() }))
}

fn read_base(family: Family, attributes: &Attributes<'_>) -> Result<BaseChain, Malformed> {
    let hook = attributes.nested(of_chain::HOOK)?;
    let number = hook.be32(of_chain::HOOK_NUMBER)?;
    let word = attributes.text(of_chain::KIND)?;
    let at = usize::try_from(number).unwrap_or(usize::MAX);
    Ok(BaseChain {
        kind: ChainKind::ALL.into_iter().find(|kind| kind.word() == word).ok_or(Malformed("no such kind of chain"))?,
        hook: *hooks_of(family).get(at).ok_or(Malformed("no such hook"))?,
        priority: hook.be32(of_chain::HOOK_PRIORITY)?.cast_signed(),
        policy: if attributes.be32_or_0(of_chain::POLICY)? == 1 { Policy::Accept } else { Policy::Drop },
    })
}

/// Writes a rule's expressions and its id.
pub fn write_rule(rule: &Rule, out: &mut Writer) {
    expr::write_list(of_rule::EXPRS, &rule.exprs, out);
    if let Some(id) = &rule.id {
        let len = u8::try_from(id.as_str().len() + 1).unwrap_or(u8::MAX);
        let mut userdata = vec![of_rule::COMMENT, len];
        userdata.extend_from_slice(id.as_str().as_bytes());
        userdata.push(0);
        out.bytes(of_rule::USERDATA, &userdata);
    }
}

/// Reads a rule, and the names of its table and chain.
///
/// # Errors
/// Where something of it is missing.
pub fn read_rule(family: Family, attributes: &Attributes<'_>) -> Result<(TableId, Name, LiveRule), Malformed> {
    let exprs = attributes.get(of_rule::EXPRS).unwrap_or(&[]);
    let counted = read_count(attributes);
    let id = attributes.get(of_rule::USERDATA).and_then(read_comment);
    let table = TableId { family, name: name(attributes, of_rule::TABLE)? };
    let rule = Rule { id, exprs: expr::read_list(exprs)? };
    let live = LiveRule { handle: attributes.be64(of_rule::HANDLE)?, rule, counted };
    Ok((table, name(attributes, of_rule::CHAIN)?, live))
}

/// Reads of a rule what its counter counted; nothing where it has none.
pub fn read_count(attributes: &Attributes<'_>) -> Option<Count> {
    let exprs = attributes.get(of_rule::EXPRS)?;
    expr::counted(exprs).map(|(bytes, packets)| Count { packets, bytes })
}

/// The comment among what a program keeps beside a rule: type, length and bytes, one after another.
fn read_comment(mut userdata: &[u8]) -> Option<RuleId> {
    loop {
        let (kind, rest) = userdata.split_first()?;
        let (len, rest) = rest.split_first()?;
        let (value, rest) = rest.split_at_checked(usize::from(*len))?;
        if *kind == of_rule::COMMENT {
            let text = value.split(|byte| *byte == 0).next()?;
            return RuleId::new(String::from_utf8_lossy(text)).ok();
        }
        userdata = rest;
    }
}

/// Writes what an object is.
pub fn write_object(object: &Object, out: &mut Writer) {
    out.text(of_object::NAME, object.name.as_str());
    out.be32(of_object::KIND, object.state.kind().number());
    out.nest(of_object::BODY, |out| match &object.state {
        ObjectState::Limit(limit) => act::write_limit(limit, out),
        ObjectState::Connlimit { count, over } => act::write_connlimit(*count, *over, out),
        ObjectState::Counter | ObjectState::Unknown(_) => {}
    });
}

/// Reads an object, and the name of its table.
///
/// # Errors
/// Where something of it is missing.
pub fn read_object(family: Family, attributes: &Attributes<'_>) -> Result<(TableId, LiveObject), Malformed> {
    let table = TableId { family, name: name(attributes, of_object::TABLE)? };
    let kind = attributes.known(of_object::KIND, ObjectKind::from_number)?;
    let body = attributes.nested(of_object::BODY)?;
    let mut counted = None;
    let state = match kind {
        ObjectKind::Counter => {
            let (bytes, packets) = act::read_counter(&body)?;
            counted = Some(Count { packets, bytes });
            ObjectState::Counter
        }
        ObjectKind::Limit => ObjectState::Limit(act::read_limit(&body)?),
        ObjectKind::Connlimit => {
            let (count, over) = act::read_connlimit(&body)?;
            ObjectState::Connlimit { count, over }
        }
        other => ObjectState::Unknown(other),
    };
    Ok((table, LiveObject { object: Object { name: name(attributes, of_object::NAME)?, state }, counted }))
}
