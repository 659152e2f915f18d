//! What every command needs: language, form of output, and a way to ask.

use super::args::{Color, Global};
use super::client::Client;
use super::error::Trouble;
use super::output::{Format, write_document};
use crate::messages::Say;
use nines_base::Lang;
use nines_base::lang::Message;
use serde_json::Value;
use std::io::IsTerminal;
use std::path::PathBuf;

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
        }
    }

    /// A client of the server, or of the data directory where `--data` names one.
    pub fn client(&self) -> Result<Client, Trouble> {
        match &self.data {
            Some(data) => Client::on_data(data, self.lang),
            None => Client::on_server(&self.server, self.token_file.as_deref(), self.lang),
        }
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
