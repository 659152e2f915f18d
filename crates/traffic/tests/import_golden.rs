//! What save files become: each folder of `golden/import` holds rules as `iptables-save` (`rules.v4`) and
//! `ip6tables-save` (`rules.v6`) wrote them, either or both, and what the importer makes of them: `told`, a class for
//! each line, and `traffic.yaml`. `NINES_BLESS=1` writes what is made.

use nines_traffic::Services;
use nines_traffic::import::{Imported, Source, import, told_line};
use nines_traffic::intent::read;
use nines_traffic::net::Family;
use std::fs;
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import");
    let mut found: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn imported(folder: &Path) -> Imported {
    let given = [("rules.v4", Family::V4), ("rules.v6", Family::V6)];
    let texts = given
        .into_iter()
        .filter_map(|(file, family)| Some((file, fs::read_to_string(folder.join(file)).ok()?, family)));
    let texts: Vec<(&str, String, Family)> = texts.collect();
    let sources: Vec<Source<'_>> =
        texts.iter().map(|(file, text, family)| Source { file, text, family: *family }).collect();
    import(&sources, &Services::default())
}

#[test]
fn imp_1_every_file_becomes_what_stands_beside_it() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let imported = imported(&folder);
        // What is made can be read, unless the rules themselves cannot.
        let loaded = read("traffic.yaml", imported.yaml.as_bytes(), &Services::default());
        assert!(loaded.usable() || !imported.findings.is_empty(), "{}: {:?}", folder.display(), loaded.findings);
        let told: String = imported
            .told
            .iter()
            .map(|told| format!("{} {}\n", told.file, told_line(told, nines_base::lang::Lang::En)))
            .collect();
        for (file, text) in [("traffic.yaml", &imported.yaml), ("told", &told)] {
            let path = folder.join(file);
            if std::env::var_os("NINES_BLESS").is_some() {
                fs::write(&path, text).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if *text != expected {
                wrong.push(format!("{}:\n{text}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "NINES_BLESS=1 writes what is made\n{}", wrong.join("\n"));
}
