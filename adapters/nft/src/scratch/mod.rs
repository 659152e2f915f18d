//! A network namespace of one's own for as long as a function runs: nothing there reaches another host, and all of it
//! is gone afterwards. Rules and packets are tried there on the kernel that will hold them.

mod links;

use std::fs;
use std::io;
use std::os::fd::AsFd;
use std::path::Path;
use std::thread;

pub use links::Links;
use rustix::thread::{LinkNameSpaceType, UnshareFlags, move_into_link_name_space, unshare_unsafe};

use crate::error::Error;

/// Runs a function in a thread with an empty network namespace whose loopback is up. Threads and processes that it
/// starts are in the same namespace; sockets stay in the one that they were made in.
///
/// # Errors
/// Where the kernel gives the process no namespace (it needs `CAP_SYS_ADMIN`), or the function panicked.
pub fn in_namespace<T: Send>(run: impl FnOnce() -> T + Send) -> Result<T, Error> {
    let failed = |step: &'static str| move |source: io::Error| Error::Open { step, source };
    thread::scope(|scope| {
        let thread = scope.spawn(|| {
            own_namespace().map_err(failed("making a network namespace"))?;
            Links::open()?.loopback_up()?;
            Ok(run())
        });
        thread.join().unwrap_or_else(|_| Err(failed("running in a network namespace")(io::Error::other("it panicked"))))
    })
}

/// Makes sure that namespaces can be had: where the process may not make them, it becomes root of a user namespace of
/// its own, which only works before its first thread.
///
/// # Errors
/// Where neither is allowed.
pub fn may_have_namespaces() -> Result<(), io::Error> {
    if thread::scope(|scope| scope.spawn(own_namespace).join()).is_ok_and(|made| made.is_ok()) {
        return Ok(());
    }
    let (user, group) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
    own_user_namespace()?;
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("0 {user} 1"))?;
    fs::write("/proc/self/gid_map", format!("0 {group} 1"))
}

#[allow(unsafe_code)]
fn own_user_namespace() -> Result<(), io::Error> {
    // SAFETY: users and the network of this thread become its own; its table of descriptors stays shared.
    unsafe { unshare_unsafe(UnshareFlags::NEWUSER | UnshareFlags::NEWNET) }.map_err(io::Error::from)
}

/// Takes the calling thread into the network namespace of a file, such as `/proc/PID/ns/net`.
///
/// # Errors
/// Where the file cannot be opened, is no such namespace, or the process may not enter it.
pub fn enter_namespace(file: &Path) -> Result<(), io::Error> {
    let file = fs::File::open(file)?;
    move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network)).map_err(io::Error::from)
}

#[allow(unsafe_code)]
fn own_namespace() -> Result<(), io::Error> {
    // SAFETY: only the network of this thread becomes its own; its table of descriptors stays shared.
    unsafe { unshare_unsafe(UnshareFlags::NEWNET) }.map_err(io::Error::from)
}
