//! Atuin's database, read and never written. Versions differ in their columns: what is lacking is as if nobody had said it.

use nines_base::{DurationUs, Timestamp};
use nines_toil::shell::{COMMANDS_MAX, Command, is_agent};
use rusqlite::{Connection, OpenFlags, Row};
use std::path::Path;

/// What was read.
pub struct Atuin {
    /// Commands of persons that are not deleted, the last.
    pub commands: Vec<Command>,
    /// Commands of agents among those.
    pub n_agents: usize,
}

/// Reads a database.
pub fn read(path: &Path) -> rusqlite::Result<Atuin> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let columns = columns(&connection)?;
    let or_null = |name: &'static str| if columns.iter().any(|column| column == name) { name } else { "NULL" };
    let deleted = or_null("deleted_at");
    let query = format!(
        "SELECT timestamp, duration, command, session, {} FROM history WHERE {deleted} IS NULL ORDER BY timestamp DESC LIMIT {COMMANDS_MAX}",
        or_null("author")
    );
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query([])?;
    let mut atuin = Atuin { commands: Vec::new(), n_agents: 0 };
    while let Some(row) = rows.next()? {
        let author: Option<String> = row.get(4)?;
        match author.is_some_and(|author| is_agent(&author)) {
            true => atuin.n_agents += 1,
            false => atuin.commands.push(command(row)?),
        }
    }
    Ok(atuin)
}

/// Times and durations are nanoseconds; a duration below zero is not known.
fn command(row: &Row<'_>) -> rusqlite::Result<Command> {
    let duration: Option<i64> = row.get(1)?;
    Ok(Command {
        at: Timestamp(row.get::<_, i64>(0)? / 1000),
        duration: duration.filter(|nanos| *nanos >= 0).map(|nanos| DurationUs(nanos / 1000)),
        session: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
        text: row.get(2)?,
    })
}

fn columns(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info('history')")?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}
