//! `nines netd`: the one process that may change this host's rules.

use super::args::NetdArgs;
use super::context::Context;
use super::error::Outcome;

/// Runs until it is told to stop. No thread was started before.
#[cfg(target_os = "linux")]
pub fn run(context: &Context, args: NetdArgs) -> Outcome {
    let options = nines_netd::Options { socket: args.socket, state: args.state, user: args.user };
    match nines_netd::run(&options) {
        Ok(()) => Ok(super::error::Exit::Yes),
        Err(error) => Err(super::traffic::netd_failed(context, error)),
    }
}

/// Elsewhere there are no such rules.
#[cfg(not(target_os = "linux"))]
pub fn run(context: &Context, _: NetdArgs) -> Outcome {
    Err(super::traffic::only_linux(context))
}
