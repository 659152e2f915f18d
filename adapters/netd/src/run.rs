//! Assembly: the order in which `netd` takes what it needs and gives up the rest.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use crate::clock::boot_id;
use crate::keeper::Keeper;
use crate::kernel::Kernel;
use crate::notify::Notify;
use crate::privilege::{Account, give_up, is_root, with_files_of};
use crate::seccomp::refuse;
use crate::server::serve;
use crate::signal::Stop;

/// Who may connect: the user, and the group.
const SOCKET_MODE: u32 = 0o660;
/// The folder of the state: the group may follow the journal.
const STATE_MODE: u32 = 0o750;

/// How `netd` is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The Unix socket; its appearing means ready.
    pub socket: PathBuf,
    /// The folder of what it keeps.
    pub state: PathBuf,
    /// Whom it becomes where it is started as root; `nines-netd` or `nobody` where nothing is said.
    pub user: Option<String>,
}

impl Default for Options {
    /// Where the commands look for it.
    fn default() -> Options {
        Options { socket: "/run/nines/netd.sock".into(), state: "/var/lib/nines/netd".into(), user: None }
    }
}

/// A step that failed; nothing is served then.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The kernel's rules cannot be had.
    #[error("open nf_tables")]
    OpenKernel(#[source] nines_nft::Error),
    /// The state cannot be taken up.
    #[error("take up the state under `{path}`")]
    TakeUpState {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The socket cannot be made.
    #[error("listen at `{path}`")]
    Listen {
        /// The socket.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Privileges cannot be given up.
    #[error("give up privileges")]
    GiveUp(#[source] io::Error),
    /// The loop failed.
    #[error("serve")]
    Serve(#[source] io::Error),
}

/// Runs until it is told to stop; rules stay as they are then. To be called before the process has a second thread.
///
/// # Errors
/// [`RunError`] with the step that failed.
pub fn run(options: &Options) -> Result<(), RunError> {
    run_in_boot(options, &boot_id().map_err(RunError::Serve)?)
}

/// The same in a boot of this name.
///
/// # Errors
/// As [`run`].
pub fn run_in_boot(options: &Options, boot: &str) -> Result<(), RunError> {
    let stop = Stop::listen().map_err(RunError::Serve)?;
    let mut notify = Notify::open().map_err(RunError::Serve)?;
    let account = is_root().then(|| Account::find(options.user.as_deref())).transpose().map_err(RunError::GiveUp)?;
    let kernel = Kernel::open().map_err(RunError::OpenKernel)?;
    let of_state = |source| RunError::TakeUpState { path: options.state.clone(), source };
    let of_socket = |source| RunError::Listen { path: options.socket.clone(), source };
    let socket = std::path::absolute(&options.socket).map_err(of_socket)?;
    // It works inside the folder, which the account need not be able to reach from the root.
    fs::create_dir_all(&options.state).and_then(|()| std::env::set_current_dir(&options.state)).map_err(of_state)?;
    let folder = Path::new(".");
    if let Some(account) = account {
        hand_over(folder, account).map_err(of_state)?;
    }
    let started = with_files_of(account, || Keeper::start(kernel, folder, boot)).map_err(RunError::GiveUp)?;
    let mut keeper = started.map_err(of_state)?;
    // The rules hold by now: whoever sees the socket finds netd ready.
    let listener = bind(&socket, account).map_err(of_socket)?;
    give_up(account).and_then(|()| refuse()).map_err(RunError::GiveUp)?;
    notify.ready();
    let served = serve(&listener, &mut keeper, &stop, &mut notify).map_err(RunError::Serve);
    // Where the folder is root's it stays, and answers nobody.
    let _ = fs::remove_file(&socket);
    served
}

/// Makes the folder the account's; all in it the account makes itself.
fn hand_over(state: &Path, account: Account) -> Result<(), io::Error> {
    chown(state, Some(account.uid), Some(account.shared))?;
    fs::set_permissions(state, Permissions::from_mode(STATE_MODE))
}

fn bind(path: &Path, account: Option<Account>) -> Result<UnixListener, io::Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    if let Some(account) = account {
        // It stays root's, who may ask, too, also where it has given up every capability.
        chown(path, None, Some(account.shared))?;
    }
    fs::set_permissions(path, Permissions::from_mode(SOCKET_MODE))?;
    Ok(listener)
}
