//! Actions: what is done with packets that a rule matched.

use core::net::IpAddr;

use super::super::data::Data;
use super::super::expr::{Ends, Expr, NatFlags, Register, Reject, Verdict};
use super::super::keys::{CtKey, Icmpx, MetaKey, NatKind, ObjectKind};
use super::super::name::Name;

/// An end of a rule, or a step on the way that lets every packet on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action(pub(super) Vec<Expr>);

impl Action {
    /// Lets the packet through this hook.
    #[must_use]
    pub fn accept() -> Action {
        Action::verdict(Verdict::Accept)
    }

    /// Ends it in silence.
    #[must_use]
    pub fn drop() -> Action {
        Action::verdict(Verdict::Drop)
    }

    /// Goes back to the caller.
    #[must_use]
    pub fn back() -> Action {
        Action::verdict(Verdict::Return)
    }

    /// Calls a chain.
    #[must_use]
    pub fn jump(chain: &Name) -> Action {
        Action::verdict(Verdict::Jump(chain.clone()))
    }

    /// Decides.
    #[must_use]
    pub fn verdict(verdict: Verdict) -> Action {
        Action(vec![Expr::Verdict(verdict)])
    }

    /// Ends it with an answer that both families have.
    #[must_use]
    pub fn reject() -> Action {
        Action::reject_with(Reject::Icmpx(Icmpx::PortUnreachable))
    }

    /// Ends it with an answer.
    #[must_use]
    pub fn reject_with(reject: Reject) -> Action {
        Action(vec![Expr::Reject(reject)])
    }

    /// Hands it to a port of this host.
    #[must_use]
    pub fn redirect(port: u16) -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::port(port) },
            Expr::Redirect { port: Some(Ends::one(Register::A)), flags: NatFlags::default() },
        ])
    }

    /// Hands it to another address and, where given, port.
    #[must_use]
    pub fn dnat(address: IpAddr, port: Option<u16>) -> Action {
        translated(NatKind::Dnat, address, port)
    }

    /// Has it come from another address and, where given, port.
    #[must_use]
    pub fn snat(address: IpAddr, port: Option<u16>) -> Action {
        translated(NatKind::Snat, address, port)
    }

    /// Has it come from the interface that it leaves by.
    #[must_use]
    pub fn masquerade() -> Action {
        Action(vec![Expr::Masquerade { port: None, flags: NatFlags::default() }])
    }

    /// Counts it in a named counter.
    #[must_use]
    pub fn count(counter: &Name) -> Action {
        Action(vec![Expr::Object { kind: ObjectKind::Counter, name: counter.clone() }])
    }

    /// Counts it with the rule.
    #[must_use]
    pub fn counter() -> Action {
        Action(vec![Expr::Counter])
    }

    /// Marks it.
    #[must_use]
    pub fn mark(mark: u32) -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::host32(mark) },
            Expr::MetaSet { from: Register::A, key: MetaKey::Mark },
        ])
    }

    /// Marks its connection.
    #[must_use]
    pub fn ct_mark(mark: u32) -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::host32(mark) },
            Expr::CtSet { from: Register::A, key: CtKey::Mark, direction: None },
        ])
    }

    /// Has the kernel say each of its steps to whoever listens for traces.
    #[must_use]
    pub fn trace() -> Action {
        Action(vec![
            Expr::Immediate { into: Register::A, value: Data::byte(1) },
            Expr::MetaSet { from: Register::A, key: MetaKey::Nftrace },
        ])
    }

    /// An action made of expressions as they are.
    #[must_use]
    pub fn raw(exprs: Vec<Expr>) -> Action {
        Action(exprs)
    }
}

fn translated(kind: NatKind, address: IpAddr, port: Option<u16>) -> Action {
    let mut exprs = vec![Expr::Immediate { into: Register::A, value: address.into() }];
    exprs.extend(port.map(|port| Expr::Immediate { into: Register::B, value: Data::port(port) }));
    exprs.push(Expr::Nat {
        kind,
        v6: address.is_ipv6(),
        addr: Some(Ends::one(Register::A)),
        port: port.map(|_| Ends::one(Register::B)),
        flags: NatFlags::default(),
    });
    Action(exprs)
}
