//! What is said beside figures of a server whose newest definitions are not those that it judges by.

use super::client::Client;
use super::context::Context;
use super::error::Trouble;
use crate::messages::Say;
use crate::words;
use serde_json::Value;

/// Says on stderr that the newest definitions were refused, if they were, and since when those in force are.
pub fn tell_refused(context: &Context, client: &Client) -> Result<(), Trouble> {
    let definitions = client.get("/api/nines/v1/definitions")?;
    if definitions["refused"] == true {
        context.say(&refused(&definitions));
    }
    Ok(())
}

fn refused(definitions: &Value) -> Say {
    let findings = definitions["findings"].as_array().into_iter().flatten();
    let mut errors = findings.filter(|finding| finding["severity"] == "error").peekable();
    let first = errors.peek().map(|first| {
        let (file, line) = (words::text(first, "file"), words::number(first, "line"));
        format!("{file}:{line}:{}: {}", words::number(first, "column"), words::text(first, "fact"))
    });
    let since = words::local_time(&words::text(definitions, "loadedAt"));
    Say::OldDefinitions { first: first.unwrap_or_default(), errors: errors.count(), since }
}
