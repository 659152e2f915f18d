//! Giving up: from root to a user with one capability, for good.
//!
//! Taken away are the user, every group but the socket's, every capability but `CAP_NET_ADMIN`, the way to any other
//! (the bounding set), and what running a program could give back (`no_new_privs`).

use std::io;

use rustix::process::{Gid, Uid, geteuid};
use rustix::thread::{
    CapabilitySet, CapabilitySets, capabilities, remove_capability_from_bounding_set, set_capabilities,
    set_keep_capabilities, set_no_new_privs, set_thread_groups, set_thread_res_gid, set_thread_res_uid,
};

/// The users' list.
const USERS: &str = "/etc/passwd";
/// Which users of the host those of this user namespace are.
const UID_MAP: &str = "/proc/self/uid_map";
/// The groups' list.
const GROUPS: &str = "/etc/group";
/// Users that are taken where none is said, the first that exists.
const USERS_USUAL: [&str; 2] = ["nines-netd", "nobody"];
/// The group whose members may ask.
const GROUP: &str = "nines";

/// Whom the process becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The user.
    pub uid: u32,
    /// The user's own group.
    pub gid: u32,
    /// The group of the socket and of what `serve` follows.
    pub shared: u32,
}

impl Account {
    /// Root, who stays root: alone in a user namespace there is nobody else to be.
    const ROOT: Account = Account { uid: 0, gid: 0, shared: 0 };

    /// A user by name, or the usual one where this user namespace has it; the group is `nines` where it exists.
    ///
    /// # Errors
    /// Where there is no such user.
    pub fn find(user: Option<&str>) -> Result<Account, io::Error> {
        let (users, groups) = (std::fs::read_to_string(USERS)?, std::fs::read_to_string(GROUPS).unwrap_or_default());
        let names: &[&str] = user.as_ref().map_or(&USERS_USUAL[..], std::slice::from_ref);
        let found = names.iter().find_map(|name| Some((number(&users, name, 2)?, number(&users, name, 3)?)));
        let (uid, gid) =
            found.ok_or_else(|| io::Error::other(format!("{USERS} has no user {}", names.join(" or "))))?;
        if user.is_none() && !is_mapped(&std::fs::read_to_string(UID_MAP)?, uid) {
            return Ok(Account::ROOT);
        }
        Ok(Account { uid, gid, shared: number(&groups, GROUP, 2).unwrap_or(gid) })
    }
}

/// Whether a user namespace has a user, by its map of lines `FIRST OUTSIDE COUNT`.
fn is_mapped(map: &str, uid: u32) -> bool {
    let has = |line: &str| {
        let mut numbers = line.split_whitespace().map(|word| word.parse::<u64>().ok());
        let (Some(first), Some(count)) = (numbers.next().flatten(), numbers.nth(1).flatten()) else { return false };
        (first..first.saturating_add(count)).contains(&u64::from(uid))
    };
    map.lines().any(has)
}

/// A number among the fields of a line `NAME:…`.
fn number(list: &str, name: &str, field: usize) -> Option<u32> {
    let line = list.lines().find(|line| line.split(':').next() == Some(name))?;
    line.split(':').nth(field)?.parse().ok()
}

/// Whether the process is root, and so has something to give up.
#[must_use]
pub fn is_root() -> bool {
    geteuid().is_root()
}

/// Does something with the account's rights to files, not root's: what lies in a folder that is the account's own, a link to
/// a file of root's perhaps, is not to be trusted with those. Rights to the kernel's rules stay.
///
/// # Errors
/// Where the kernel does not let the process.
pub fn with_files_of<T>(account: Option<Account>, work: impl FnOnce() -> T) -> Result<T, io::Error> {
    // Root that stays root, as alone in a namespace, has the rights it has.
    let Some(account) = account.filter(|account| account.uid != 0) else { return Ok(work()) };
    set_thread_groups(&[Gid::from_raw(account.shared)])?;
    look_at_files_as(account.uid, account.gid)?;
    let done = work();
    look_at_files_as(0, 0)?;
    Ok(done)
}

/// Sets whose rights to files count; the capabilities over files come and go with root's.
#[allow(unsafe_code)]
fn look_at_files_as(uid: u32, gid: u32) -> Result<(), io::Error> {
    // An id that is nobody's asks who it is now: these calls tell no error.
    const NOBODY: u32 = u32::MAX;
    // SAFETY: four calls of numbers alone.
    let (is_user, is_group) = unsafe {
        libc::setfsgid(gid);
        libc::setfsuid(uid);
        (libc::setfsuid(NOBODY).cast_unsigned() == uid, libc::setfsgid(NOBODY).cast_unsigned() == gid)
    };
    if is_user && is_group { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Gives up all but `CAP_NET_ADMIN`; root becomes the account first. The process must have no other thread: each would
/// keep what it has.
///
/// # Errors
/// Where a step is refused; the process must then end.
pub fn give_up(account: Option<Account>) -> Result<(), io::Error> {
    let n_threads = std::fs::read_dir("/proc/self/task")?.count();
    if n_threads != 1 {
        return Err(io::Error::other(format!("{n_threads} threads, and each would keep its privileges")));
    }
    if let Some(account) = account {
        become_account(account)?;
    }
    let one = CapabilitySet::NET_ADMIN;
    let held = capabilities(None)?;
    if !held.permitted.contains(one) {
        return Err(io::Error::other("it has no CAP_NET_ADMIN: start it as root or by its unit"));
    }
    set_capabilities(None, CapabilitySets { effective: one, permitted: one, inheritable: CapabilitySet::empty() })?;
    Ok(set_no_new_privs(true)?)
}

fn become_account(account: Account) -> Result<(), io::Error> {
    let one = CapabilitySet::NET_ADMIN;
    for (_, other) in CapabilitySet::all().iter_names().filter(|(_, other)| *other != one) {
        match remove_capability_from_bounding_set(other) {
            // One that this kernel does not know.
            Ok(()) | Err(rustix::io::Errno::INVAL) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    if geteuid().as_raw() == account.uid {
        return Ok(());
    }
    set_keep_capabilities(true)?;
    let (user, group) = (Uid::from_raw(account.uid), Gid::from_raw(account.gid));
    set_thread_groups(&[Gid::from_raw(account.shared)])?;
    set_thread_res_gid(group, group, group)?;
    set_thread_res_uid(user, user, user)?;
    Ok(set_keep_capabilities(false)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_by_their_whole_name() {
        let users = "nobodyelse:x:1:2::/:/x\nnobody:x:65534:65533::/:/x\n";
        assert_eq!((number(users, "nobody", 2), number(users, "nobody", 3)), (Some(65534), Some(65533)));
        assert_eq!(number(users, "body", 2), None);
    }

    #[test]
    fn a_user_namespace_of_one_has_nobody_else() {
        let (whole, alone) = ("         0          0 4294967295\n", "         0       1000          1\n");
        assert!(is_mapped(whole, 65_534) && is_mapped(alone, 0));
        assert!(!is_mapped(alone, 65_534) && !is_mapped("", 0));
    }
}
