//! `[source.NAME]` of `nines.toml`: what the server needs to ask a DataSource beyond what the definition says of it.

use super::low::{Fault, Source};
use super::table::{Fields, KeyFile, TableReader, read_key};
use super::values;
use crate::messages::Say;
use nines_notify::prometheus::{Credentials, SourceAccess, is_address, shown_address};
use nines_slo::queried::SourcePlace;
use toml::de::DeValue;

/// The table's name.
pub const TABLE: &str = "source";

const KEYS: [&str; 3] = ["url", "auth", "key_file"];

/// How a key is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Auth {
    #[default]
    Bearer,
    Basic,
}

/// An entry as written.
#[derive(Clone, Debug)]
pub struct SourceEntry {
    name: String,
    source: Source,
    url: Option<(String, Source)>,
    auth: Option<Auth>,
    key_file: Option<KeyFile>,
}

/// Reads the table of all sources; relative key files lie beside the configuration.
pub fn read(table: &DeValue<'_>, file: &str, text: &str, faults: &mut Vec<Fault>) -> Vec<SourceEntry> {
    TableReader::new(TABLE, file, text, &KEYS, faults)
        .entries(table, None, |reader, name, source, fields| Some(entry(reader, name, source, fields)))
}

/// What is known of the sources, with their keys and every fault of them.
pub fn accesses(entries: &[SourceEntry]) -> (Vec<SourceAccess>, Vec<Fault>) {
    let (mut accesses, mut faults) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry.access() {
            Ok(access) => accesses.push(access),
            Err(fault) => faults.push(*fault),
        }
    }
    (accesses, faults)
}

fn entry(reader: &mut TableReader<'_, '_>, name: &str, source: Source, fields: &Fields<'_, '_>) -> SourceEntry {
    let mut entry = SourceEntry { name: name.to_owned(), source, url: None, auth: None, key_file: None };
    for (key, at, value) in fields {
        match *key {
            "url" => entry.url = reader.text_of("url", value, at).map(|url| (url, at.clone())),
            "auth" => entry.auth = reader.text_of("auth", value, at).and_then(|word| auth(reader, &word, at)),
            "key_file" => entry.key_file = reader.file_of("key_file", value, at),
            unknown => reader.unknown(unknown, at),
        }
    }
    entry
}

fn auth(reader: &mut TableReader<'_, '_>, word: &str, at: &Source) -> Option<Auth> {
    match word {
        "bearer" => Some(Auth::Bearer),
        "basic" => Some(Auth::Basic),
        _ => {
            let (fact, hint) = values::word_fault(word, "bearer, basic");
            reader.fault(at, fact, hint);
            None
        }
    }
}

impl SourceEntry {
    /// Its name in the file.
    pub fn key(&self) -> String {
        format!("{TABLE}.{}", self.name)
    }

    /// Its name and place, for findings.
    pub fn place(&self) -> SourcePlace {
        SourcePlace { name: self.name.clone(), place: self.source.place() }
    }

    /// Where it stands.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Where the source is, if it says, without any key.
    pub fn shown_url(&self) -> String {
        self.url.as_ref().map(|(url, _)| shown_address(url)).unwrap_or_default()
    }

    fn access(&self) -> Result<SourceAccess, Box<Fault>> {
        let fault = |source: &Source, fact, hint| Err(Box::new(Fault { source: source.clone(), fact, hint }));
        if let Some((url, at)) = &self.url
            && !is_address(url)
        {
            return fault(at, Say::SourceBadUrl { name: self.key() }, Say::SourceUrlHint);
        }
        if self.key_file.is_some() && self.url.is_none() {
            return fault(&self.source, Say::SourceKeyWithoutUrl { name: self.key() }, Say::SourceKeyWithoutUrlHint);
        }
        let key = self.key_file.as_ref().map(read_key).transpose()?;
        let credentials = key.map(|key| match self.auth.unwrap_or_default() {
            Auth::Bearer => Credentials::Bearer(key),
            Auth::Basic => Credentials::Basic(key),
        });
        let url = self.url.as_ref().map(|(url, _)| url.clone());
        Ok(SourceAccess { name: self.name.clone(), url, credentials })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Low;
    use super::*;

    fn faults_of(text: &str) -> Vec<String> {
        let (low, mut faults) = Low::gather(Some(("n.toml", text)), &|_| None, &[]);
        faults.extend(accesses(low.sources()).1);
        faults.iter().map(|fault| format!("{}: {}", fault.source, fault.fact)).collect()
    }

    #[test]
    fn a_source_is_read_with_its_key_and_every_fault_has_its_place() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("k"), "reader:s3cret\n").unwrap();
        let file = folder.path().join("nines.toml");
        let text =
            "[source.metrics]\nurl = \"https://m.example/prom\"\nauth = \"basic\"\nkey_file = \"k\"\n[source.near]\n";
        let (low, faults) = Low::gather(Some((file.to_str().unwrap(), text)), &|_| None, &[]);
        assert!(faults.is_empty(), "{faults:?}");
        let (accesses, faults) = accesses(low.sources());
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(
            (accesses[0].name.as_str(), accesses[0].url.as_deref()),
            ("metrics", Some("https://m.example/prom"))
        );
        assert!(matches!(accesses[0].credentials, Some(Credentials::Basic(_))));
        assert_eq!((accesses[1].url.as_deref(), accesses[1].credentials.is_none()), (None, true));
        assert!(!format!("{low:?} {accesses:?}").contains("s3cret"), "keys are never shown");

        std::fs::write(folder.path().join("k"), "\n").unwrap();
        let (low, _) = Low::gather(Some((file.to_str().unwrap(), text)), &|_| None, &[]);
        let faults = super::accesses(low.sources()).1;
        assert!(matches!(&faults[..], [Fault { fact: Say::EmptySecret { .. }, .. }]), "{faults:?}");

        let check = |text: &str, expected: &[&str]| assert_eq!(faults_of(text), expected, "{text}");
        check("[source.a]\nurl = 1\n", &["n.toml:2:1: `source.a.url` must be a text"]);
        check("[source.a]\nuri = \"x\"\n", &["n.toml:2:1: unknown key `source.a.uri`"]);
        check("[source.a]\nauth = \"digest\"\n", &["n.toml:2:1: `digest` is not one of bearer, basic"]);
        check(
            "[source.a]\nurl = \"metrics:9090\"\n",
            &["n.toml:2:1: `source.a.url` is not http://HOST… or https://HOST… without a user, a query or a fragment"],
        );
        let user = "[source.a]\nurl = \"https://me:s3cret@metrics\"\n";
        check(
            user,
            &["n.toml:2:1: `source.a.url` is not http://HOST… or https://HOST… without a user, a query or a fragment"],
        );
        let (low, _) = Low::gather(Some(("n.toml", user)), &|_| None, &[]);
        assert_eq!(low.sources()[0].shown_url(), "https://metrics", "a key is not shown, even where it must not be");
        check("[source.a]\nkey_file = \"k\"\n", &["n.toml:1:9: `source.a` has a key and no `url`"]);
        check("source = 1\n", &["n.toml:1:1: `source` must be a table: [source.NAME]"]);
    }
}
