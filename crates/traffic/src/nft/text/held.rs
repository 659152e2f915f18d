//! What a register holds while a rule is read: a field, a number, and what was done to it.

use super::super::data::Data;
use super::super::datatype::Datatype;
use super::super::field::Field;
use super::super::keys::CmpOp;
use super::value::{has_words, is_bits, number, prefix_len, render_in_order};

/// What a register holds.
#[derive(Clone, Debug)]
pub struct Held {
    /// What was loaded, in words.
    pub text: String,
    /// Its type.
    pub datatype: Datatype,
    /// A fixed value, where it is one.
    pub value: Option<Data>,
    /// Whether its bytes are in the host's order now.
    pub host_order: bool,
    /// The mask that was laid over it.
    pub mask: Option<Data>,
}

impl Held {
    /// Something loaded.
    pub fn loaded(text: impl Into<String>, datatype: Datatype) -> Held {
        Held { text: text.into(), datatype, value: None, host_order: datatype.in_host_order(), mask: None }
    }

    /// A field loaded.
    pub fn field(field: &Field) -> Held {
        Held { host_order: field.in_host_order(), ..Held::loaded(field.text, field.datatype) }
    }

    /// A fixed value, whose type is known where it is used.
    pub fn fixed(value: &Data) -> Held {
        let len = u8::try_from(value.len()).unwrap_or(u8::MAX);
        Held { value: Some(value.clone()), ..Held::loaded(String::new(), Datatype::Integer(len)) }
    }

    /// What it is, as a value of a type where it is fixed.
    pub fn as_value(&self, datatype: Datatype) -> String {
        match &self.value {
            Some(value) => render_in_order(datatype, value, datatype.in_host_order()),
            None => self.masked(),
        }
    }

    /// What it is, with its mask.
    pub fn masked(&self) -> String {
        match &self.mask {
            None => self.text.clone(),
            Some(mask) => format!("{} & {}", self.text, self.value_of(mask)),
        }
    }

    /// A comparison with a value.
    pub fn compared(&self, op: CmpOp, value: &Data) -> String {
        let address = matches!(self.datatype, Datatype::Ipv4 | Datatype::Ipv6);
        if address && value.len() < self.datatype.n_bytes() {
            let mut whole = value.bytes().to_vec();
            whole.resize(self.datatype.n_bytes(), 0);
            let whole = Data::new(&whole).unwrap_or_else(|| value.clone());
            return format!("{} {}{}/{}", self.text, sign(op), self.value_of(&whole), value.len() * 8);
        }
        match &self.mask {
            Some(mask) => self.compared_under(mask, op, value),
            None => format!("{} {}{}", self.text, sign(op), self.value_of(value)),
        }
    }

    /// A comparison with two ends.
    pub fn within(&self, negated: bool, low: &Data, high: &Data) -> String {
        let sign = if negated { "!= " } else { "" };
        // Words have no order, so ends that have words are numbers here.
        let end = |data: &Data| match number(data.bytes(), self.host_order) {
            Some(number) if has_words(self.datatype) => number.to_string(),
            _ => self.value_of(data),
        };
        format!("{} {sign}{}-{}", self.masked(), end(low), end(high))
    }

    fn compared_under(&self, mask: &Data, op: CmpOp, value: &Data) -> String {
        let equal = matches!(op, CmpOp::Eq | CmpOp::Neq);
        let none = number(value.bytes(), self.host_order) == Some(0);
        let address = matches!(self.datatype, Datatype::Ipv4 | Datatype::Ipv6);
        if let Some(len) = prefix_len(mask).filter(|_| address && equal) {
            return format!("{} {}{}/{len}", self.text, sign(op), self.value_of(value));
        }
        if is_bits(self.datatype) && none && equal {
            let sign = if op == CmpOp::Eq { "! " } else { "" };
            return format!("{} {sign}{}", self.text, self.value_of(mask));
        }
        if is_bits(self.datatype) && equal {
            return format!("{} {}{} / {}", self.text, sign(op), self.value_of(value), self.value_of(mask));
        }
        format!("{} & {} {} {}", self.text, self.value_of(mask), op.word(), self.value_of(value))
    }

    fn value_of(&self, value: &Data) -> String {
        render_in_order(self.datatype, value, self.host_order)
    }
}

/// The sign of a comparison; none where both are equal.
fn sign(op: CmpOp) -> String {
    if op == CmpOp::Eq { String::new() } else { format!("{} ", op.word()) }
}
