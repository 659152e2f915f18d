//! Building a client's program in a copy of its folder, by the tools of its language, and the command to run it.

use crate::process::{capture, run};
use crate::tree;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Fetching packages and compiling may take so long: Maven's first download on a slow line.
const BUILD_LIMIT: Duration = Duration::from_secs(10 * 60);
/// The Java that Spring Boot 3 needs.
const JAVA_MIN: u32 = 17;
/// Half a gigabyte for two applications is plenty, and little is worth compiling well in seconds. Spring 4
/// reaches into the JDK by reflection, which Java 17 refuses unless told; newer ones do not mind.
const JAVA_OPTIONS: [&str; 4] = [
    "-Xmx512m",
    "-XX:TieredStopAtLevel=1",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
];

/// How a program is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Build {
    /// A virtual environment with the packages of a requirements file, and `peer.py`.
    Python {
        /// The file.
        requirements: &'static str,
    },
    /// `npm ci`, and `peer.mjs`.
    Node,
    /// `go build`.
    Go,
    /// Maven compiles and gathers the libraries; `peer.Main`.
    Maven {
        /// A profile of the `pom.xml`.
        profile: Option<&'static str>,
    },
}

impl Build {
    /// A word for what sets it apart from other builds of the same folder.
    pub fn variant(self) -> &'static str {
        match self {
            Build::Python { requirements } => requirements.trim_end_matches(".txt"),
            Build::Node => "node",
            Build::Go => "go",
            Build::Maven { profile } => profile.unwrap_or("maven"),
        }
    }

    /// The tool that is absent here, if one is.
    pub fn missing(self) -> Option<String> {
        let says = |program: &str, arguments: &[&str]| capture(Command::new(program).args(arguments)).ok();
        let absent = |program: &str| format!("{program} is not in the path");
        match self {
            Build::Python { .. } if says("python3", &["--version"]).is_none() => Some(absent("python3")),
            Build::Python { .. } if says("python3", &["-c", "import ensurepip, venv"]).is_none() => {
                Some("python3 has no venv and pip (Debian: python3-venv)".to_owned())
            }
            Build::Node => ["node", "npm"].into_iter().find(|tool| says(tool, &["--version"]).is_none()).map(absent),
            Build::Go if says("go", &["version"]).is_none() => Some(absent("go")),
            Build::Maven { .. } => match says("javac", &["--version"]).as_deref().map(java_major) {
                None => Some(absent("javac")),
                Some(Some(JAVA_MIN..)) if says("mvn", &["--version"]).is_none() => Some(absent("mvn")),
                Some(Some(JAVA_MIN..)) => None,
                Some(_) => Some(format!("javac is older than Java {JAVA_MIN}")),
            },
            Build::Python { .. } | Build::Go => None,
        }
    }

    /// Copies the program, a folder of the tree, to `to`, builds it there and says how to run it.
    pub fn prepare(self, from: &str, to: &Path) -> Result<Program, String> {
        if to.exists() {
            std::fs::remove_dir_all(to).map_err(|error| format!("remove {}: {error}", to.display()))?;
        }
        for file in tree::files()? {
            if let Some(within) = file.strip_prefix(from).and_then(|rest| rest.strip_prefix('/')) {
                copy(&tree::root().join(&file), &to.join(within))?;
            }
        }
        let step = |program: &OsStr, arguments: &[&str]| {
            run(Command::new(program).args(arguments).current_dir(to), BUILD_LIMIT)
        };
        let tool = |program: &str, arguments: &[&str]| step(OsStr::new(program), arguments);
        match self {
            Build::Python { requirements } => {
                tool("python3", &["-m", "venv", "venv"])?;
                let python = to.join("venv/bin/python");
                // The file names everything, so that nothing else comes in.
                let pip =
                    ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", requirements];
                step(python.as_os_str(), &pip)?;
                Ok(Program::new(python, &["peer.py"], to))
            }
            Build::Node => {
                tool("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
                Ok(Program::new("node".into(), &["peer.mjs"], to))
            }
            Build::Go => {
                // The copy lies in a repository that is not its own, whose state says nothing of it.
                tool("go", &["build", "-buildvcs=false", "-o", "peer", "."])?;
                Ok(Program::new(to.join("peer"), &[], to))
            }
            Build::Maven { profile } => {
                let profile = profile.map(|profile| format!("-P{profile}"));
                let goals = [
                    "compile",
                    "dependency:copy-dependencies",
                    "-DincludeScope=runtime",
                    "-DoutputDirectory=target/lib",
                ];
                let quiet = ["--quiet", "--batch-mode", "-Dstyle.color=never"];
                tool("mvn", &[&quiet, profile.as_deref().as_slice(), &goals].concat())?;
                Ok(Program::new(
                    "java".into(),
                    &[&JAVA_OPTIONS[..], &["-cp", "target/classes:target/lib/*", "peer.Main"]].concat(),
                    to,
                ))
            }
        }
    }
}

/// A program that is built.
#[derive(Clone, Debug)]
pub struct Program {
    executable: PathBuf,
    arguments: Vec<String>,
    folder: PathBuf,
}

impl Program {
    fn new(executable: PathBuf, arguments: &[&str], folder: &Path) -> Program {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Program { executable, arguments, folder: folder.to_owned() }
    }

    /// The command that runs it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.executable);
        command.args(&self.arguments).current_dir(&self.folder);
        command
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let folder = to.parent().unwrap_or(to);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::copy(from, to))
        .map(|_| ())
        .map_err(|error| format!("copy {} to {}: {error}", from.display(), to.display()))
}

fn java_major(version: &str) -> Option<u32> {
    version.trim().strip_prefix("javac ")?.split(['.', '-', '+']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javas_version_is_read() {
        assert_eq!(java_major("javac 17.0.15\n"), Some(17));
        assert_eq!(java_major("javac 21-ea\n"), Some(21));
        assert_eq!(java_major("javac 1.8.0_442\n"), Some(1));
        assert_eq!(java_major("17.0.15"), None);
    }
}
