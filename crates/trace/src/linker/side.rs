//! The links of one span, once its place among the others is known.

use nines_span::Kind;

/// What the rules ask of a span: one side of a call. `N` is whatever stands for a service's name in
/// lower case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Side<N> {
    /// Its kind, if Zipkin knows it.
    pub kind: Option<Kind>,
    /// The service that reported it.
    pub local: Option<N>,
    /// The service on the other side.
    pub remote: Option<N>,
    /// Whether it has the tag `error`, or OTLP's status of that name.
    pub failed: bool,
}

impl<N> Side<N> {
    /// The kind, if Zipkin knows it.
    pub fn known_kind(kind: Kind) -> Option<Kind> {
        kind.zipkin_name().map(|_| kind)
    }
}

/// Tells `call` of the links of one span (parent, child, failed), by the rules in the order of
/// [`super`]. `ancestor` is the nearest one with a kind, and whether the span names it as its parent.
pub fn link<N: PartialEq>(
    span: &Side<N>,
    ancestor: Option<(&Side<N>, bool)>,
    is_root: bool,
    has_children: bool,
    call: &mut impl FnMut(&N, &N, bool),
) {
    if span.kind == Some(Kind::Client) && has_children {
        return;
    }
    let kind = match span.kind {
        Some(kind) => kind,
        None if span.local.is_some() && span.remote.is_some() => Kind::Client,
        None => return,
    };
    let is_callee = matches!(kind, Kind::Server | Kind::Consumer);
    let (mut parent, child) = if is_callee { (&span.remote, &span.local) } else { (&span.local, &span.remote) };
    if is_callee && is_root && parent.is_none() {
        return;
    }
    let mut failed = span.failed;
    let is_rpc = matches!(kind, Kind::Client | Kind::Server);
    if let Some((ancestor, is_parent)) = ancestor.filter(|(ancestor, _)| is_rpc && ancestor.local.is_some()) {
        if let (Kind::Client, Some(caller), Some(local)) = (kind, &ancestor.local, &span.local)
            && caller != local
        {
            call(caller, local, false);
        }
        if kind == Kind::Server || parent.is_none() {
            parent = &ancestor.local;
        }
        failed |= ancestor.failed && ancestor.kind == Some(Kind::Client) && is_parent;
    }
    if let (Some(parent), Some(child)) = (parent, child) {
        call(parent, child, failed);
    }
}
