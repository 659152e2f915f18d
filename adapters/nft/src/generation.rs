//! Generations: the kernel counts the transactions that changed anything.

/// The current generation, or the one that a transaction began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its number; it wraps.
    pub id: u32,
    /// Who asked, or who made it; iptables-legacy makes none.
    pub author: Option<Author>,
}

/// The process that a transaction came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Its number, as the kernel sees it from the first namespace.
    pub pid: u32,
    /// Its name, cut after 15 bytes.
    pub process: String,
}
