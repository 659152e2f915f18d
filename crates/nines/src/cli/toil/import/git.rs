//! The history of a repository, by `git` itself, read as it comes.

use super::words::Tell;
use crate::cli::context::Context;
use crate::cli::error::Trouble;
use nines_toil::import::git::{Scan, log_arguments};
use nines_toil::import::{Defaults, Imported};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// What git says on stderr is read so far; the rest is passed over.
const SAID_BYTES_MAX: u64 = 64 << 10;

/// Reads the history of a repository.
pub fn read(context: &Context, folder: &Path, defaults: &Defaults) -> Result<Imported, Trouble> {
    let reader = Reader { context, folder };
    let top = reader.ask(&["rev-parse", "--absolute-git-dir"])?;
    if !top.status.success() {
        return Err(reader.no_repository(&top.stderr));
    }
    // A repository without a commit has no history, which is none to fail for.
    if !reader.ask(&["rev-parse", "--verify", "--quiet", "HEAD"])?.status.success() {
        return Ok(Imported::default());
    }
    let name = reader.name(&top)?;
    let read = |with_lines: bool| {
        let mut scan = Scan::new(&name, defaults);
        reader.log(with_lines, &mut scan).map(|()| scan.finish())
    };
    read(true).or_else(|trouble| {
        // A partial clone has no contents to count lines of, but every path.
        let imported = read(false).map_err(|_| trouble)?;
        context.say(&Tell::NoContents);
        Ok(imported)
    })
}

struct Reader<'c> {
    context: &'c Context,
    folder: &'c Path,
}

impl Reader<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(arguments);
        command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").stdin(Stdio::null());
        // What a clone lacks is not fetched: reading a history is no reason to use the network.
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("GIT_ALLOW_PROTOCOL", "none");
        command
    }

    fn ask(&self, arguments: &[&str]) -> Result<Output, Trouble> {
        self.command(arguments).output().map_err(|error| self.no_git(&error))
    }

    /// Where it came from has a name that is the same in every clone; else its folder has.
    fn name(&self, git_folder: &Output) -> Result<String, Trouble> {
        let origin = self.ask(&["config", "--get", "remote.origin.url"])?;
        let origin = String::from_utf8_lossy(&origin.stdout).trim().to_owned();
        let folder = String::from_utf8_lossy(&git_folder.stdout).trim().to_owned();
        let path = if origin.is_empty() { folder.trim_end_matches("/.git").to_owned() } else { origin };
        let path = path.trim_end_matches('/').trim_end_matches(".git").trim_end_matches('/');
        Ok(path.rsplit(['/', ':']).next().unwrap_or_default().to_owned())
    }

    fn log(&self, with_lines: bool, scan: &mut Scan) -> Result<(), Trouble> {
        let mut child = self
            .command(&log_arguments(with_lines))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| self.no_git(&error))?;
        let said = listen(&mut child);
        let failed = |error: std::io::Error| self.no_repository(error.to_string().as_bytes());
        if let Some(out) = child.stdout.take() {
            let mut out = BufReader::with_capacity(256 << 10, out);
            let mut token = Vec::new();
            while out.read_until(0, &mut token).map_err(failed)? > 0 {
                scan.token(token.strip_suffix(b"\0").unwrap_or(&token));
                token.clear();
            }
        }
        let status = child.wait().map_err(failed)?;
        let said = said.and_then(|said| said.join().ok()).unwrap_or_default();
        if status.success() { Ok(()) } else { Err(self.no_repository(&said)) }
    }

    fn no_git(&self, error: &std::io::Error) -> Trouble {
        Trouble::new(self.context.lang, Tell::NoGit { reason: error.to_string() }, Tell::NoGitHint)
    }

    fn no_repository(&self, said: &[u8]) -> Trouble {
        let said = String::from_utf8_lossy(said);
        let reason = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        let fact = Tell::NotARepository { path: self.folder.display().to_string(), reason };
        Trouble::new(self.context.lang, fact, Tell::NotARepositoryHint)
    }
}

/// Takes what git says, so that it never waits for somebody to.
fn listen(child: &mut Child) -> Option<std::thread::JoinHandle<Vec<u8>>> {
    let mut stderr = child.stderr.take()?;
    Some(std::thread::spawn(move || {
        let mut said = Vec::new();
        let read = stderr.by_ref().take(SAID_BYTES_MAX).read_to_end(&mut said);
        let _ = read.and_then(|_| std::io::copy(&mut stderr, &mut std::io::sink()));
        said
    }))
}
