//! What a tier needs of the machine: found, else installed where we may, else named.

use crate::process::{capture, run};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Installing packages may take so long.
const INSTALL_LIMIT: Duration = Duration::from_secs(10 * 60);
/// The smallest major version of Node that the page's tools run on (`web/package.json`, engines).
const NODE_MAJOR_MIN: u32 = 20;

/// Programs the web tier works with.
pub struct WebTools {
    /// A Node of at least the version we need.
    pub node: PathBuf,
    /// npm.
    pub npm: PathBuf,
    /// Chromium.
    pub chromium: PathBuf,
}

impl WebTools {
    /// A command in `folder` that finds this Node first.
    pub fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        let ours = self.node.parent().map(Path::to_owned);
        let paths = std::env::var_os("PATH").unwrap_or_default();
        if let Ok(path) = std::env::join_paths(ours.into_iter().chain(std::env::split_paths(&paths))) {
            command.env("PATH", path);
        }
        command.current_dir(folder);
        command
    }
}

/// Finds or installs what the web tier needs.
pub fn web_tools() -> Result<WebTools, String> {
    let missing: Vec<&str> = [("nodejs", "node"), ("npm", "npm"), ("chromium", "chromium")]
        .into_iter()
        .filter(|(_, program)| find(program).is_none())
        .map(|(package, _)| package)
        .collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    let found =
        |program: &str| find(program).ok_or_else(|| format!("{program} is not in the path after installing it"));
    let npm = found("npm")?;
    Ok(WebTools { node: new_enough_node(found("node")?, &npm)?, npm, chromium: found("chromium")? })
}

/// Finds promtool, or takes it out of Debian's package: the package itself would start a server.
pub fn promtool() -> Result<PathBuf, String> {
    if let Some(found) = find("promtool") {
        return Ok(found);
    }
    let by_hand = "promtool is not in the path\nhint: apt-get install prometheus".to_owned();
    let folder = crate::tree::root().join(".cache/prometheus");
    let promtool = folder.join("usr/bin/promtool");
    if promtool.is_file() {
        return Ok(promtool);
    }
    let (Some(apt), Some(dpkg)) = (find("apt-get"), find("dpkg-deb")) else { return Err(by_hand) };
    println!("-- fetching promtool into {}", folder.display());
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut fetch = Command::new(apt);
    fetch.args(["download", "-qq", "prometheus"]).current_dir(&folder);
    capture(&mut fetch).map_err(|why| format!("apt-get download prometheus: {why}; {by_hand}"))?;
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let package =
        entries.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|end| end == "deb"));
    let package = package.ok_or_else(|| format!("apt-get fetched no package; {by_hand}"))?;
    capture(Command::new(dpkg).arg("-x").arg(&package).arg(&folder)).map_err(|why| format!("dpkg-deb: {why}"))?;
    if promtool.is_file() { Ok(promtool) } else { Err(by_hand) }
}

/// What rules of a host are held against: the kernel's own tools. Without them those tests are skipped by name.
pub fn network_tools() -> Result<(), String> {
    let is_there = ["nft", "ip", "iptables-nft", "iptables-legacy"].into_iter().all(|tool| find(tool).is_some());
    if is_there { Ok(()) } else { install(&["nftables", "iptables", "iproute2"]) }
}

/// Installs Debian packages, or says what to install.
fn install(packages: &[&str]) -> Result<(), String> {
    let by_hand = format!("missing here: {0}\nhint: apt-get install {0}", packages.join(" "));
    if find("apt-get").is_none() || !is_root() {
        return Err(by_hand);
    }
    println!("-- installing {}", packages.join(" "));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        // Thousands of lines that matter only when it fails, and then it says why.
        capture(&mut command).map(|_| ())
    };
    apt(&["update", "-qq"]).map_err(|why| format!("apt-get update: {why}; {by_hand}"))?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
        .map_err(|why| format!("apt-get install: {why}; {by_hand}"))
}

/// The system's Node where it is new enough (Debian 12's is not), else one from npm in `.cache/`.
fn new_enough_node(system: PathBuf, npm: &Path) -> Result<PathBuf, String> {
    let version = |node: &Path| capture(Command::new(node).arg("--version")).ok();
    let suits =
        |node: &Path| version(node).and_then(|text| node_major(&text)).is_some_and(|major| major >= NODE_MAJOR_MIN);
    if suits(&system) {
        return Ok(system);
    }
    let folder = crate::tree::root().join(".cache/node");
    let node = folder.join("node_modules/node/bin/node");
    if !suits(&node) {
        println!("-- installing Node {NODE_MAJOR_MIN} into {}", folder.display());
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let package = format!("node@{NODE_MAJOR_MIN}");
        let mut command = Command::new(npm);
        command.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&folder).arg(package);
        run(&mut command, INSTALL_LIMIT)
            .map_err(|why| format!("Node {NODE_MAJOR_MIN} or later is needed, and npm cannot fetch it: {why}"))?;
    }
    Ok(node)
}

fn node_major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn find(program: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn is_root() -> bool {
    capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(node_major("v20.20.2\n"), Some(20));
        assert_eq!(node_major("20"), None);
    }
}
