//! What the process can still ask of the kernel once it has given up the rest: what its loop, its files and the memory of either
//! C library need, and nothing else. So there is no program, process or thread to start, no socket to open, nobody to look
//! into, no code to load.
//!
//! What is refused is refused with `EPERM` rather than death: a C library of tomorrow that asks for more goes on as best it can,
//! and rules go on being kept. The kernel's audit log tells of it. Calls newer than this list are told as not there, so that
//! a library falls back to one that is.

use std::io;

/// How the kernel numbers calls on this machine (`AUDIT_ARCH_*` of `linux/audit.h`).
#[cfg(target_arch = "x86_64")]
const MACHINE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const MACHINE: u32 = 0xc000_00b7;

/// Calls of the other numbering of x86 begin here.
const X32_FIRST: u32 = 0x4000_0000;
/// Calls from here on are newer than this list (Linux 6.17), by the same numbers on every machine.
const NEWER: u32 = 470;

/// What is allowed whatever it is asked with.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
const ALLOWED: &[libc::c_long] = &[
    // The loop: descriptors that are open, and new connections of the Unix socket.
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_bind,
    libc::SYS_close,
    libc::SYS_fcntl,
    libc::SYS_getpeername,
    libc::SYS_getsockname,
    libc::SYS_getsockopt,
    libc::SYS_ppoll,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_sendmsg,
    libc::SYS_sendto,
    libc::SYS_setsockopt,
    libc::SYS_shutdown,
    libc::SYS_write,
    libc::SYS_writev,
    // The folder of the state, and the kernel's lists.
    libc::SYS_faccessat,
    libc::SYS_fdatasync,
    libc::SYS_fstat,
    libc::SYS_fsync,
    libc::SYS_ftruncate,
    libc::SYS_getcwd,
    libc::SYS_getdents64,
    libc::SYS_lseek,
    libc::SYS_mkdirat,
    libc::SYS_newfstatat,
    libc::SYS_openat,
    libc::SYS_pread64,
    libc::SYS_pwrite64,
    libc::SYS_readlinkat,
    libc::SYS_renameat2,
    libc::SYS_statx,
    libc::SYS_unlinkat,
    // Memory.
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    // Time, chance, who we are.
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_getegid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_gettimeofday,
    libc::SYS_getuid,
    libc::SYS_nanosleep,
    libc::SYS_sched_yield,
    libc::SYS_uname,
    // Waiting for oneself, signals, the end.
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
];

/// The older forms of the same, which C libraries of this machine still use.
#[cfg(target_arch = "x86_64")]
const ALLOWED_OLDER: &[libc::c_long] = &[
    libc::SYS_access,
    libc::SYS_lstat,
    libc::SYS_mkdir,
    libc::SYS_open,
    libc::SYS_poll,
    libc::SYS_readlink,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_rmdir,
    libc::SYS_stat,
    libc::SYS_time,
    libc::SYS_unlink,
];
/// `renameat`, by which glibc renames there; the bindings have no name for it.
#[cfg(target_arch = "aarch64")]
const ALLOWED_OLDER: &[libc::c_long] = &[38];

/// Whether a descriptor blocks (`FIONBIO`): what the standard library asks by `ioctl`.
const FIONBIO: u32 = 0x5421;
/// Where in memory code may stand (`PROT_EXEC`).
const EXECUTABLE: u32 = 4;

/// Where `struct seccomp_data` has the call's number, the machine, and the low half of what it is asked with.
const NUMBER_AT: u32 = 0;
const MACHINE_AT: u32 = 4;
const SECOND_AT: u32 = 24;
const THIRD_AT: u32 = 32;

/// Refuses all else from now on, for good. Nothing where the machine is none of those known here.
///
/// # Errors
/// Where the kernel takes no filter; `no_new_privs` must be set.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
#[allow(unsafe_code)]
pub fn refuse() -> Result<(), io::Error> {
    let mut program = program();
    let length = u16::try_from(program.len()).unwrap_or(u16::MAX);
    let filter = libc::sock_fprog { len: length, filter: program.as_mut_ptr() };
    let (mode, log) = (libc::SECCOMP_SET_MODE_FILTER, libc::SECCOMP_FILTER_FLAG_LOG);
    // SAFETY: the kernel copies `len` instructions from `filter`, which has as many, before the call returns.
    let answer = unsafe { libc::syscall(libc::SYS_seccomp, mode, log, &raw const filter) };
    if answer == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Nothing on machines whose calls are not known here.
///
/// # Errors
/// None.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn refuse() -> Result<(), io::Error> {
    Ok(())
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn program() -> Vec<libc::sock_filter> {
    const LOAD: u32 = libc::BPF_LD | libc::BPF_W | libc::BPF_ABS;
    const EQUAL: u32 = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
    const AT_LEAST: u32 = libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K;
    const ANY_OF: u32 = libc::BPF_JMP | libc::BPF_JSET | libc::BPF_K;
    const END: u32 = libc::BPF_RET | libc::BPF_K;
    let step = |code: u32, value: u32, yes: u8, no: u8| libc::sock_filter {
        code: u16::try_from(code).unwrap_or_default(),
        jt: yes,
        jf: no,
        k: value,
    };
    let number = |call: libc::c_long| u32::try_from(call).unwrap_or(u32::MAX);
    let errno = |errno: libc::c_int| libc::SECCOMP_RET_ERRNO | errno.unsigned_abs();
    let (allowed, refused) = (libc::SECCOMP_RET_ALLOW, errno(libc::EPERM));
    let mut program = vec![
        step(LOAD, MACHINE_AT, 0, 0),
        step(EQUAL, MACHINE, 1, 0),
        step(END, libc::SECCOMP_RET_KILL_PROCESS, 0, 0),
        step(LOAD, NUMBER_AT, 0, 0),
        step(AT_LEAST, X32_FIRST, 0, 1),
        step(END, refused, 0, 0),
        step(AT_LEAST, NEWER, 0, 1),
        step(END, errno(libc::ENOSYS), 0, 0),
    ];
    for call in ALLOWED.iter().chain(ALLOWED_OLDER) {
        program.extend([step(EQUAL, number(*call), 0, 1), step(END, allowed, 0, 0)]);
    }
    let asked = |call: libc::c_long, at: u32, test: u32, value: u32, (yes, no): (u32, u32)| {
        [
            step(EQUAL, number(call), 0, 4),
            step(LOAD, at, 0, 0),
            step(test, value, 0, 1),
            step(END, yes, 0, 0),
            step(END, no, 0, 0),
        ]
    };
    program.extend(asked(libc::SYS_ioctl, SECOND_AT, EQUAL, FIONBIO, (allowed, refused)));
    // Memory as it is needed, but none that code could be put into.
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        program.extend(asked(call, THIRD_AT, ANY_OF, EXECUTABLE, (refused, allowed)));
    }
    program.push(step(END, refused, 0, 0));
    program
}
