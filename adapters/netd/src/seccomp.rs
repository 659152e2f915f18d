//! What the process can never ask of the kernel again: to run a program, to start a process or thread, to open a socket,
//! to look into others, to load code. All that it works with was opened before.
//!
//! A list of what is refused rather than of what is allowed: an allocator or a C library of tomorrow asks for other
//! things, and a firewall that is killed for it closes nothing.

use std::io;

/// How the kernel numbers calls on this machine (`AUDIT_ARCH_*` of `linux/audit.h`).
#[cfg(target_arch = "x86_64")]
const MACHINE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const MACHINE: u32 = 0xc000_00b7;

/// Calls of the other numbering of x86 begin here.
const X32_FIRST: u32 = 0x4000_0000;

/// What is refused with `EPERM`.
const REFUSED: [libc::c_long; 16] = [
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_bpf,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_mount,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_io_uring_setup,
];

/// Where `struct seccomp_data` has the call's number, and the machine.
const NUMBER_AT: u32 = 0;
const MACHINE_AT: u32 = 4;

/// Refuses them from now on, for good. Nothing where the machine is none of those known here.
///
/// # Errors
/// Where the kernel takes no filter; `no_new_privs` must be set.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
#[allow(unsafe_code)]
pub fn refuse() -> Result<(), io::Error> {
    let mut program = program();
    let length = u16::try_from(program.len()).unwrap_or(u16::MAX);
    let filter = libc::sock_fprog { len: length, filter: program.as_mut_ptr() };
    // SAFETY: the kernel copies `len` instructions from `filter`, which has as many, before the call returns.
    let answer = unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const filter) };
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
    const END: u32 = libc::BPF_RET | libc::BPF_K;
    let step = |code: u32, value: u32, yes: u8, no: u8| libc::sock_filter {
        code: u16::try_from(code).unwrap_or_default(),
        jt: yes,
        jf: no,
        k: value,
    };
    let refusal = libc::SECCOMP_RET_ERRNO | libc::EPERM.unsigned_abs();
    let mut program = vec![
        step(LOAD, MACHINE_AT, 0, 0),
        step(EQUAL, MACHINE, 1, 0),
        step(END, libc::SECCOMP_RET_KILL_PROCESS, 0, 0),
        step(LOAD, NUMBER_AT, 0, 0),
        step(AT_LEAST, X32_FIRST, 0, 1),
        step(END, refusal, 0, 0),
    ];
    for call in REFUSED {
        program.push(step(EQUAL, u32::try_from(call).unwrap_or_default(), 0, 1));
        program.push(step(END, refusal, 0, 0));
    }
    program.push(step(END, libc::SECCOMP_RET_ALLOW, 0, 0));
    program
}
