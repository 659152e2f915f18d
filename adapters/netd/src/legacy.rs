//! The tables of iptables-legacy, which know no generation and tell nobody of changes: read whole, and told apart by all
//! they hold but counts.
//!
//! Only root may list which tables there are, so the lists are opened before root is given up. A table is asked for only
//! where it is listed: asking for another would make it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use nines_nft::legacy::Reader;
use nines_traffic::net::Family;
use nines_traffic::plan::{Digest, LegacyTables};

/// A family of IP: its word, and where its tables are listed.
type Form = (Family, &'static str, &'static str);

const FAMILIES: [Form; 2] = [(Family::V4, "ip", "ip_tables_names"), (Family::V6, "ip6", "ip6_tables_names")];

/// Lists and sockets, opened while the process might.
#[derive(Debug)]
pub struct Legacy(Vec<Handle>);

#[derive(Debug)]
struct Handle {
    word: &'static str,
    list_name: &'static str,
    list: Option<File>,
    /// Whether the list was there at the start and not to be opened: the root of a user namespace may not.
    is_forbidden: bool,
    reader: Option<Reader>,
}

impl Legacy {
    /// Opens what there is, in the network of the calling thread.
    #[must_use]
    pub fn open() -> Legacy {
        let handle = |(family, word, list_name): Form| {
            let list = File::open(list_path(list_name));
            let is_forbidden = list.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied);
            Handle { word, list_name, list: list.ok(), is_forbidden, reader: Reader::open(family).ok() }
        };
        Legacy(FAMILIES.into_iter().map(handle).collect())
    }

    /// The lists that could not be opened, where there are any: tables of these families are taken for none.
    #[must_use]
    pub fn unread(&self) -> Option<String> {
        let names = self.0.iter().filter(|handle| handle.is_forbidden && handle.list.is_none());
        let names: Vec<String> = names.map(|handle| format!("/proc/net/{}", handle.list_name)).collect();
        (!names.is_empty()).then(|| format!("{}: not root's rights when netd started", names.join(", ")))
    }

    /// All tables of both families.
    ///
    /// # Errors
    /// Where a table that is listed cannot be read.
    pub fn read(&mut self) -> Result<LegacyTables, io::Error> {
        let mut found: Vec<(String, Vec<u8>)> = Vec::new();
        let mut in_use = Vec::new();
        for handle in &mut self.0 {
            for name in handle.names()? {
                let no_socket = || io::Error::other("no socket of the family");
                let table = handle.reader.as_ref().ok_or_else(no_socket)?.table(&name)?;
                let name = format!("{} {name}", handle.word);
                in_use.extend(table.has_rules().then(|| name.clone()));
                found.push((name, table.without_counts().into_bytes()));
            }
        }
        Ok(LegacyTables { digest: Digest::of_shown(&found), in_use })
    }
}

fn list_path(list_name: &str) -> std::path::PathBuf {
    Path::new("/proc/thread-self/net").join(list_name)
}

impl Handle {
    fn names(&mut self) -> Result<Vec<String>, io::Error> {
        if self.list.is_none() {
            self.list = File::open(list_path(self.list_name)).ok();
        }
        if self.list.is_none() && self.is_forbidden {
            return Ok(Vec::new());
        }
        let Some(list) = &mut self.list else {
            // The kernel learned these tables after netd started, and only root may list them.
            let came = list_path(self.list_name).exists();
            let unread =
                || io::Error::other(format!("/proc/net/{} came after netd started: start it anew", self.list_name));
            return if came { Err(unread()) } else { Ok(Vec::new()) };
        };
        let mut text = String::new();
        list.seek(SeekFrom::Start(0))?;
        list.read_to_string(&mut text)?;
        let mut names: Vec<String> = text.lines().map(str::to_owned).collect();
        names.sort_unstable();
        Ok(names)
    }
}
