//! Column maps: a file, or one that was kept under a name in `$XDG_CONFIG_HOME/nines/maps`.

use super::words::Tell;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Trouble};
use crate::messages::Say;
use nines_base::lang::Message;
use nines_toil::import::columns::ColumnMap;
use std::path::{Path, PathBuf};

/// Largest map.
const MAP_BYTES_MAX: u64 = 1 << 20;

/// The map that is named, kept under a further name where one is given; none maps every column to the field of its name.
pub fn load(context: &Context, map: Option<&str>, save_as: Option<&str>) -> Result<ColumnMap, Trouble> {
    let Some(map) = map else { return Ok(ColumnMap::default()) };
    let path = find(context, map)?;
    let text = read(context, &path)?;
    let columns = ColumnMap::parse(&text).map_err(|faults| {
        for fault in &faults {
            eprintln!("error: {}:{}:{}: {}", path.display(), fault.line, fault.column, fault.fact.text(context.lang));
        }
        let fact = Tell::MapFaulty { path: path.display().to_string(), faults: faults.len() };
        Trouble::new(context.lang, fact, Tell::MapFaultyHint)
    })?;
    if let Some(name) = save_as {
        save(context, name, &text)?;
    }
    Ok(columns)
}

fn find(context: &Context, map: &str) -> Result<PathBuf, Trouble> {
    let file = PathBuf::from(map);
    if file.is_file() {
        return Ok(file);
    }
    let folder = folder(context)?;
    let kept = folder.join(format!("{map}.toml"));
    if is_name(map) && kept.is_file() {
        return Ok(kept);
    }
    let fact = Tell::NoMap { name: map.to_owned(), folder: folder.display().to_string() };
    Err(Trouble::new(context.lang, fact, Tell::NoMapHint))
}

fn save(context: &Context, name: &str, text: &str) -> Result<(), Trouble> {
    if !is_name(name) {
        return Err(Trouble::new(context.lang, Tell::BadMapName { name: name.to_owned() }, Tell::BadMapNameHint));
    }
    let folder = folder(context)?;
    let path = folder.join(format!("{name}.toml"));
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text)).map_err(|error| {
        let fact = Say::CannotWrite { path: path.display().to_string(), reason: error.to_string() };
        Trouble::new(context.lang, fact, Say::CannotWriteHint)
    })?;
    context.say(&Tell::MapSaved { path: path.display().to_string() });
    Ok(())
}

/// Whether it names a file in the folder and nothing beside.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn folder(context: &Context) -> Result<PathBuf, Trouble> {
    let config = crate::user::config_dir();
    let config = config.ok_or_else(|| Trouble::new(context.lang, Tell::NoConfigFolder, Tell::NoConfigFolderHint))?;
    Ok(config.join("maps"))
}

fn read(context: &Context, path: &Path) -> Result<String, Trouble> {
    let bytes = super::read_bytes(context, path, MAP_BYTES_MAX)?;
    String::from_utf8(bytes).map_err(|error| Trouble {
        exit: Exit::Trouble,
        place: Some(path.display().to_string()),
        fact: nines_toil::import::ImportFact::NotUtf8.text(context.lang),
        hint: Some(error.utf8_error().to_string()),
    })
}
