//! How memory that was given back reaches the system.
//!
//! The columns of a segment are freed when its block is written. glibc takes a freed mapping as a sign that mappings of
//! its size come and go, and serves the next ones, up to 32 MB, from heaps that it seldom gives back (mallopt(3),
//! `M_MMAP_THRESHOLD`): a server then keeps some seventy megabytes more than it uses. A fixed threshold ends that.

/// Allocations of so many bytes and more are mappings of their own.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const MAPPED_BYTES_MIN: libc::c_int = 1 << 20;

/// Has large memory go back to the system as soon as it is freed. Where the allocator is another, nothing is done.
pub fn give_back_large() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code)]
    // SAFETY: mallopt takes two numbers, keeps no pointer, and locks what it changes; a refusal (0) changes nothing.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, MAPPED_BYTES_MIN);
    }
}
