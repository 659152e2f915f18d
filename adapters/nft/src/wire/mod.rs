//! Netlink as bytes: messages, their attributes, and nothing of what they mean.

mod read;
mod write;

pub use read::{Attributes, Malformed, Message, messages};
pub use write::Writer;

/// Bytes of a message's head (`struct nlmsghdr`).
pub const HEAD_BYTES: usize = 16;
/// Bytes of netfilter's head after it (`struct nfgenmsg`).
pub const FAMILY_HEAD_BYTES: usize = 4;

/// Flags of a message's head.
pub mod flag {
    /// Every request has it.
    pub const REQUEST: u16 = 1;
    /// An answer is wanted where there is no error.
    pub const ACK: u16 = 4;
    /// What changed while it was dumped makes the dump worthless.
    pub const DUMP_INTERRUPTED: u16 = 0x10;
    /// All of a kind.
    pub const DUMP: u16 = 0x300;
    /// In the place of what is there.
    pub const REPLACE: u16 = 0x100;
    /// Made where it is not there.
    pub const CREATE: u16 = 0x400;
    /// After what is there.
    pub const APPEND: u16 = 0x800;
    /// In an error: the request is not repeated after it.
    pub const CAPPED: u16 = 0x100;
    /// In an error: attributes say more.
    pub const ACK_ATTRIBUTES: u16 = 0x200;
}

/// Types of messages that netlink itself has.
pub mod control {
    /// An error, or with 0 that there is none.
    pub const ERROR: u16 = 2;
    /// The end of a dump.
    pub const DONE: u16 = 3;
    /// Messages were lost.
    pub const OVERRUN: u16 = 4;
}
