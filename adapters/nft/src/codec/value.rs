//! What all expressions are made of: registers, data, verdicts, numbers of the kernel.

use nines_traffic::nft::expr::{Ends, NatFlags};
use nines_traffic::nft::{Data, Expr, Family, Name, Register, Verdict};

use super::expr;
use crate::wire::{Attributes, Malformed, Writer};

/// An entry of a list (`NFTA_LIST_ELEM`).
pub const LIST_ENTRY: u16 = 1;
/// The register that verdicts stand in (`NFT_REG_VERDICT`).
pub const VERDICT_REGISTER: u32 = 0;

const DATA_VALUE: u16 = 1;
const DATA_VERDICT: u16 = 2;
const VERDICT_CODE: u16 = 1;
const VERDICT_CHAIN: u16 = 2;

/// The kernel's number of a register: those at multiples of 16 bytes have an older one (`NFT_REG_1` …).
pub fn number_of(register: Register) -> u32 {
    let place = u32::from(register.place());
    if place.is_multiple_of(4) { 1 + place / 4 } else { 8 + place }
}

/// The register of a number.
pub fn register(number: u32) -> Result<Register, Malformed> {
    let place = match number {
        1..=4 => (number - 1) * 4,
        8.. => number - 8,
        _ => return Err(Malformed("no such register")),
    };
    u8::try_from(place).ok().and_then(Register::new).ok_or(Malformed("no such register"))
}

impl Writer {
    /// A register.
    pub fn register(&mut self, kind: u16, register: Register) {
        self.be32(kind, number_of(register));
    }

    /// Both ends of a range in registers, where there is one.
    pub fn ends(&mut self, low: u16, high: u16, ends: Option<Ends>) {
        if let Some(ends) = ends {
            self.register(low, ends.low);
            self.register(high, ends.high);
        }
    }

    /// A value.
    pub fn data(&mut self, kind: u16, data: &Data) {
        self.nest(kind, |out| out.bytes(DATA_VALUE, data.bytes()));
    }

    /// A verdict where a value could stand.
    pub fn verdict(&mut self, kind: u16, verdict: &Verdict) {
        let (code, chain) = match verdict {
            Verdict::Drop => (0, None),
            Verdict::Accept => (1, None),
            Verdict::Continue => (-1, None),
            Verdict::Jump(chain) => (-3, Some(chain)),
            Verdict::Goto(chain) => (-4, Some(chain)),
            Verdict::Return => (-5, None),
        };
        self.nest(kind, |out| {
            out.nest(DATA_VERDICT, |out| {
                out.bytes(VERDICT_CODE, &i32::to_be_bytes(code));
                if let Some(chain) = chain {
                    out.text(VERDICT_CHAIN, chain.as_str());
                }
            });
        });
    }

    /// An expression.
    pub fn expr(&mut self, kind: u16, expr: &Expr) {
        self.nest(kind, |out| expr::write(expr, out));
    }
}

impl Attributes<'_> {
    /// A register that must be there.
    pub fn register(&self, kind: u16) -> Result<Register, Malformed> {
        register(self.be32(kind)?)
    }

    /// A register that may be there.
    pub fn register_if(&self, kind: u16) -> Result<Option<Register>, Malformed> {
        self.get(kind).map(|_| self.register(kind)).transpose()
    }

    /// Both ends of a range in registers; one end is both.
    pub fn ends(&self, low: u16, high: u16) -> Result<Option<Ends>, Malformed> {
        let Some(first) = self.register_if(low)? else { return Ok(None) };
        let high = self.register_if(high)?.unwrap_or(first);
        Ok(Some(Ends { low: first, high }))
    }

    /// A value that must be there.
    pub fn data(&self, kind: u16) -> Result<Data, Malformed> {
        let bytes = self.nested(kind)?.need(DATA_VALUE)?;
        Data::new(bytes).ok_or(Malformed("a value is empty or too long"))
    }

    /// A verdict that must be there.
    pub fn verdict(&self, kind: u16) -> Result<Verdict, Malformed> {
        self.nested(kind)?.bare_verdict(DATA_VERDICT)
    }

    /// A verdict that must be there, without the choice between it and a value.
    pub fn bare_verdict(&self, kind: u16) -> Result<Verdict, Malformed> {
        let verdict = self.nested(kind)?;
        let chain = || name(&verdict, VERDICT_CHAIN);
        match verdict.be32(VERDICT_CODE)?.cast_signed() {
            0 => Ok(Verdict::Drop),
            1 => Ok(Verdict::Accept),
            -1 => Ok(Verdict::Continue),
            -3 => Ok(Verdict::Jump(chain()?)),
            -4 => Ok(Verdict::Goto(chain()?)),
            -5 => Ok(Verdict::Return),
            _ => Err(Malformed("no such verdict")),
        }
    }

    /// Whether what stands there is a verdict rather than a value.
    pub fn is_verdict(&self, kind: u16) -> bool {
        self.nested(kind).is_ok_and(|data| data.get(DATA_VERDICT).is_some())
    }

    /// A number of the kernel that must be there and known.
    pub fn known<T>(&self, kind: u16, from_number: impl Fn(u32) -> Option<T>) -> Result<T, Malformed> {
        from_number(self.be32(kind)?).ok_or(Malformed("a number of the kernel that is not known"))
    }
}

/// A name that must be there.
pub fn name(attributes: &Attributes<'_>, kind: u16) -> Result<Name, Malformed> {
    Name::new(attributes.text(kind)?).map_err(|_| Malformed("a name is empty or too long"))
}

/// The family of a message's head; nothing where it is not known.
#[must_use]
pub fn family_of(number: u8) -> Option<Family> {
    Family::from_number(u32::from(number))
}

/// The number of a family in a message's head.
pub fn family_number(family: Family) -> u8 {
    u8::try_from(family.number()).unwrap_or_default()
}

/// Bits of `NF_NAT_RANGE_*` that a rule may set; the kernel sets others itself.
const RANDOM: u32 = 1 << 2;
const PERSISTENT: u32 = 1 << 3;
const FULLY_RANDOM: u32 = 1 << 4;
const NETMAP: u32 = 1 << 6;

/// Flags of NAT as bits.
pub fn nat_bits(flags: NatFlags) -> u32 {
    let bit = |set: bool, bit: u32| if set { bit } else { 0 };
    bit(flags.random, RANDOM)
        | bit(flags.persistent, PERSISTENT)
        | bit(flags.fully_random, FULLY_RANDOM)
        | bit(flags.netmap, NETMAP)
}

/// Flags of NAT from bits.
pub fn nat_flags(bits: u32) -> NatFlags {
    NatFlags {
        random: bits & RANDOM != 0,
        persistent: bits & PERSISTENT != 0,
        fully_random: bits & FULLY_RANDOM != 0,
        netmap: bits & NETMAP != 0,
    }
}
