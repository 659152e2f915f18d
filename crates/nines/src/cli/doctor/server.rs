//! What there is to say of the server, and of what this process may have open.

use super::words::Said;
use super::{Looked, State};
use crate::cli::client::Client;
use crate::cli::context::Context;
use crate::messages::Say;
use crate::open_files;
use crate::words;
use serde_json::Value;

/// Files that a server of a few million spans has open beside its connections.
const FILES_MIN: u64 = 4096;

pub(super) fn look(context: &Context) -> Vec<Looked> {
    let mut looked = vec![files()];
    match context.client().and_then(|client| health(&client)) {
        Ok(health) => looked.extend(of_health(&health)),
        Err(trouble) => {
            // Told in the language that was asked for, twice: it comes in one only.
            let fact = Said::AsTold { en: trouble.fact.clone(), ko: trouble.fact };
            looked.push(Looked::new("server", State::Noteworthy, &fact, &Say::UnreachableHint));
        }
    }
    looked
}

/// What `/health` says, whatever its status.
fn health(client: &Client) -> Result<Value, crate::cli::Trouble> {
    client.ask("/health").map(|answer| answer.body)
}

fn of_health(health: &Value) -> Vec<Looked> {
    let mut looked = Vec::new();
    match health["status"].as_str() {
        Some("UP") => looked.push(Looked::well("server", &Said::ServerUp)),
        _ => looked.push(Looked::new("server", State::Wrong, &Said::ServerDown, &Said::ServerDownHint)),
    }
    let definitions = &health["nines"]["definitions"];
    if definitions["status"] == "refused" {
        let fact = Said::DefinitionsRefused { errors: words::number(definitions, "errors") };
        looked.push(Looked::new("definitions", State::Wrong, &fact, &Said::DefinitionsRefusedHint));
    }
    looked
}

fn files() -> Looked {
    let files = open_files::raise_limit();
    if files >= FILES_MIN {
        return Looked::well("files", &Said::FilesEnough { files });
    }
    let fact = Said::FilesFew { files, wanted: FILES_MIN };
    Looked::new("files", State::Noteworthy, &fact, &Said::FilesFewHint)
}
