//! What every command needs: language, form of output, and a way to ask.

use super::args::{Color, Global};
use super::client::{Answer, Client};
use super::error::Trouble;
use super::outbox;
use super::output::{Format, write_document};
use crate::messages::Say;
use nines_base::Lang;
use nines_base::lang::Message;
use serde_json::Value;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// What became of something that was to be written.
pub enum Delivered {
    /// It is written; this was answered.
    Now(Answer),
    /// It waits for a server.
    Later,
}

/// The circumstances of one invocation.
pub struct Context {
    /// Language of results.
    pub lang: Lang,
    /// Form of the result.
    pub format: Format,
    /// Whether to write words beside the result.
    pub quiet: bool,
    /// How much the log tells: 0 to 2.
    pub verbose: u8,
    /// `--data`.
    pub data: Option<PathBuf>,
    /// Whether stdout takes colour.
    pub color: bool,
    server: String,
    token_file: Option<PathBuf>,
    has_delivered: AtomicBool,
}

impl Context {
    /// From the flags of every command.
    pub fn new(global: &Global) -> Context {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|tag| !tag.is_empty()));
        let tag = global.lang.clone().or(locale).unwrap_or_default();
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        Context {
            lang: Lang::from_tag(&tag),
            format: global.output,
            quiet: global.quiet,
            verbose: global.verbose,
            data: global.data.clone(),
            color,
            server: global.server.clone(),
            token_file: global.token_file.clone(),
            has_delivered: AtomicBool::default(),
        }
    }

    /// A client of the server, to which what waits for one was delivered, or of the data directory where `--data` names one.
    pub fn client(&self) -> Result<Client, Trouble> {
        if let Some(data) = &self.data {
            return Client::on_data(data, self.lang);
        }
        let client = Client::on_server(&self.server, self.token_file.as_deref(), self.lang)?;
        if !self.has_delivered.swap(true, Ordering::Relaxed) {
            outbox::deliver_waiting(self, &client);
        }
        Ok(client)
    }

    /// The server that is asked.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Writes to the server or the data directory. Where no server can be reached, what is written waits in the user's outbox
    /// for the next command that reaches one, and that is said.
    pub fn deliver(&self, path: &str, body: &Value) -> Result<Delivered, Trouble> {
        let client = self.client()?;
        match client.write_json(path, body) {
            Ok(answer) if answer.status < 300 => Ok(Delivered::Now(answer)),
            Ok(answer) if answer.status < 500 || self.data.is_some() => Err(client.refused(&answer)),
            Err(trouble) if self.data.is_some() => Err(trouble),
            // Nobody is there, or one that stops just now, or something else listens where a server is looked for.
            Ok(_) | Err(_) => {
                outbox::keep(self, path, body)?;
                Ok(Delivered::Later)
            }
        }
    }

    /// Makes the data directory that `--data` names where there is none: a ledger may begin with the first entry.
    pub fn make_data(&self) -> Result<(), Trouble> {
        let Some(data) = self.data.as_ref().filter(|data| !data.exists()) else { return Ok(()) };
        let path = data.display().to_string();
        std::fs::create_dir_all(data).map_err(|error| {
            let fact = Say::CannotWrite { path: path.clone(), reason: error.to_string() };
            Trouble::new(self.lang, fact, Say::CannotWriteHint)
        })?;
        self.say(&Say::NewData { path });
        Ok(())
    }

    /// The page of a path, where there is a server to show it.
    pub fn page(&self, path: &str) {
        if self.data.is_none() {
            self.say(&Say::Page { url: format!("{}{path}", self.server.trim_end_matches('/')) });
        }
    }

    /// Words beside the result, on stderr.
    pub fn say(&self, message: &impl Message) {
        if !self.quiet {
            eprintln!("{}", message.text(self.lang));
        }
    }

    /// The result for programs.
    pub fn write(&self, document: &Value) {
        write_document(self.format, document);
    }

    /// Trouble that has no message of its own.
    pub fn trouble(&self, error: &anyhow::Error) -> Trouble {
        Trouble::internal(self.lang, error)
    }
}
