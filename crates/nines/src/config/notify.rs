//! `[notify.NAME]` of `nines.toml`: where alerts are told.

use super::low::{Fault, Source, place};
use super::table::{Fields, KeyFile, TableReader, read_key};
use super::values;
use crate::messages::{Kind, Say};
use nines_notify::{Target, TargetFault, TargetKind};
use nines_slo::alert::targets::NotifyPlace;
use toml::de::DeValue;

/// The table's name.
pub const TABLE: &str = "notify";

/// The key of the table that names targets instead of being one.
const DEFAULT: &str = "default";

const KEYS: [&str; 6] = ["type", "urls", "from", "to", "key_file", "allow_private"];

/// A target as written.
#[derive(Clone, Debug)]
pub struct NotifyEntry {
    /// What AlertNotificationTargets call it.
    pub name: String,
    /// Where it stands.
    pub source: Source,
    kind: TargetKind,
    urls: Vec<String>,
    from: Option<String>,
    to: Vec<String>,
    key_file: Option<KeyFile>,
    allow_private: bool,
}

/// Reads the table of all targets; relative key files lie beside the configuration.
pub fn read(table: &DeValue<'_>, file: &str, text: &str, faults: &mut Vec<Fault>) -> Vec<NotifyEntry> {
    TableReader::new(TABLE, file, text, &KEYS, faults).entries(table, Some(DEFAULT), entry)
}

/// Targets of alerts whose SLO names none: `default` of the table, unless that is a target of this name.
pub fn read_defaults(table: &DeValue<'_>, file: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Defaults> {
    let DeValue::Table(entries) = table else { return None };
    let (key, value) = entries.iter().find(|(key, _)| key.get_ref().as_ref() == DEFAULT)?;
    if matches!(value.get_ref(), DeValue::Table(_)) {
        return None;
    }
    let source = place(file, text, key.span().start);
    let names = TableReader::new(TABLE, file, text, &KEYS, faults).texts(DEFAULT, value, &source);
    Some(Defaults { names, source })
}

/// The default targets, as written.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// Their names.
    pub names: Vec<String>,
    /// Where they are named.
    pub source: Source,
}

impl Defaults {
    /// Those that are no entries.
    pub fn faults(&self, entries: &[NotifyEntry]) -> Vec<Fault> {
        let unknown = self.names.iter().filter(|name| entries.iter().all(|entry| entry.name != **name));
        let fault = |name: &String| {
            let fact = Say::NotifyNoDefault { name: name.clone() };
            Fault { source: self.source.clone(), fact, hint: Say::NotifyNoDefaultHint { name: name.clone() } }
        };
        unknown.map(fault).collect()
    }
}

/// The targets, with their keys and every fault of them.
pub fn targets(entries: &[NotifyEntry]) -> (Vec<Target>, Vec<Fault>) {
    let (mut targets, mut faults) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry.target() {
            Ok(target) => targets.push(target),
            Err(fault) => faults.push(*fault),
        }
    }
    (targets, faults)
}

impl NotifyEntry {
    /// What kind of place it is, as written.
    pub fn kind(&self) -> &'static str {
        self.kind.word()
    }

    /// Its name and place, for findings.
    pub fn place(&self, defaults: Option<&Defaults>) -> NotifyPlace {
        let is_default = defaults.is_some_and(|defaults| defaults.names.contains(&self.name));
        NotifyPlace { name: self.name.clone(), is_default, place: self.source.place() }
    }

    fn target(&self) -> Result<Target, Box<Fault>> {
        let key = match &self.key_file {
            Some(key_file) => Some(read_key(key_file)?),
            None => None,
        };
        let target = Target {
            name: self.name.clone(),
            kind: self.kind,
            urls: self.urls.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            key,
            allow_private: self.allow_private,
        };
        match target.sink() {
            Ok(_) => Ok(target),
            Err(fault) => {
                let name = format!("{TABLE}.{}", self.name);
                let (fact, hint) = say(name, fault);
                Err(Box::new(Fault { source: self.source.clone(), fact, hint }))
            }
        }
    }
}

fn say(name: String, fault: TargetFault) -> (Say, Say) {
    match fault {
        TargetFault::NoUrl => (Say::NotifyNoUrl { name }, Say::NotifyUrlHint),
        TargetFault::SeveralUrls(n) => (Say::NotifySeveralUrls { name, n }, Say::NotifySeveralUrlsHint),
        TargetFault::BadUrl(wanted) => {
            let (en, ko) = Kind::of_target(wanted).both();
            (Say::NotifyBadUrl { name, en, ko }, Say::NotifyUrlHint)
        }
        TargetFault::NoKey(wanted) => {
            let (en, ko) = Kind::of_target(wanted).both();
            (Say::NotifyNoKey { name, en, ko }, Say::NotifyKeyHint)
        }
        TargetFault::BadKey(wanted) => {
            let (en, ko) = Kind::of_target(wanted).both();
            (Say::NotifyBadKey { name, en, ko }, Say::NotifyKeyHint)
        }
        TargetFault::BadMailbox(field) => {
            (Say::NotifyBadMailbox { name, field: field.to_owned() }, Say::NotifyBadMailboxHint)
        }
    }
}

fn entry(reader: &mut TableReader<'_, '_>, name: &str, source: Source, fields: &Fields<'_, '_>) -> Option<NotifyEntry> {
    let n_faults = reader.n_faults();
    let mut kind = None;
    let (mut urls, mut from, mut to, mut key_file, mut allow_private) = (Vec::new(), None, Vec::new(), None, false);
    for (key, at, value) in fields {
        match *key {
            "type" => kind = reader.text_of("type", value, at).and_then(|word| kind_of(reader, &word, at)),
            "urls" => urls = reader.texts("urls", value, at),
            "from" => from = reader.text_of("from", value, at),
            "to" => to = reader.texts("to", value, at),
            "key_file" => key_file = reader.file_of("key_file", value, at),
            "allow_private" => allow_private = reader.truth("allow_private", value, at),
            unknown => reader.unknown(unknown, at),
        }
    }
    if kind.is_none() && reader.n_faults() == n_faults {
        let fact = Say::NotifyNoType { name: reader.path.clone() };
        reader.fault(&source, fact, Say::BadWordHint { words: kinds() });
    }
    Some(NotifyEntry { name: name.to_owned(), source, kind: kind?, urls, from, to, key_file, allow_private })
}

fn kind_of(reader: &mut TableReader<'_, '_>, word: &str, at: &Source) -> Option<TargetKind> {
    let kind = TargetKind::parse(word);
    if kind.is_none() {
        let (fact, hint) = values::word_fault(word, &kinds());
        reader.fault(at, fact, hint);
    }
    kind
}

fn kinds() -> String {
    TargetKind::ALL.map(TargetKind::word).join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::Low;
    use super::*;

    fn read_text(text: &str) -> (Vec<NotifyEntry>, Vec<String>) {
        let (low, mut faults) = Low::gather(Some(("n.toml", text)), &|_| None, &[]);
        let entries = low.notify().to_vec();
        faults.extend(targets(&entries).1);
        let shown = faults.iter().map(|fault| format!("{}: {}", fault.source, fault.fact)).collect();
        (entries, shown)
    }

    #[test]
    fn targets_are_read_with_their_keys_beside_the_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("pd.key"), "0123456789abcdef\n").unwrap();
        let file = folder.path().join("nines.toml");
        let text = "listen = \"127.0.0.1:1\"\n[notify.on-call]\ntype = \"pagerduty\"\nkey_file = \"pd.key\"\n\
                    [notify.am]\ntype = \"alertmanager\"\nurls = [\"http://a:9093\", \"http://b:9093\"]\nallow_private = true\n\
                    [notify.mail]\ntype = \"smtp\"\nurls = \"smtps://mail.example\"\nfrom = \"n@example.com\"\nto = [\"kim@example.com\"]\n";
        let (low, faults) = Low::gather(Some((file.to_str().unwrap(), text)), &|_| None, &[]);
        assert!(faults.is_empty(), "{faults:?}");
        let (targets, faults) = targets(low.notify());
        assert!(faults.is_empty(), "{faults:?}");
        let shown: Vec<_> =
            targets.iter().map(|target| (target.name.as_str(), target.kind, target.urls.len())).collect();
        assert_eq!(
            shown,
            [("am", TargetKind::Alertmanager, 2), ("mail", TargetKind::Smtp, 1), ("on-call", TargetKind::PagerDuty, 0)]
        );
        assert!(!format!("{low:?} {targets:?}").contains("0123456789abcdef"), "keys are never shown");
    }

    #[test]
    fn every_fault_of_a_target_has_its_place() {
        let check = |text: &str, expected: &[&str]| {
            let (_, faults) = read_text(text);
            assert_eq!(faults, expected, "{text}");
        };
        check(
            "[notify.a]\ntype = \"pager\"\n",
            &["n.toml:2:1: `pager` is not one of alertmanager, slack, pagerduty, webhook, smtp"],
        );
        check("[notify.a]\nurls = []\n", &["n.toml:1:9: `notify.a` has no `type`"]);
        check(
            "[notify.a]\ntype = \"slack\"\nurl = \"https://a.example/x\"\n",
            &[
                "n.toml:3:1: unknown key `notify.a.url`",
                "n.toml:1:9: `notify.a` needs `key_file`: the webhook's address",
            ],
        );
        check(
            "[notify.a]\ntype = \"alertmanager\"\nurls = [1]\n",
            &["n.toml:3:1: `notify.a.urls` must be a text or a list of texts", "n.toml:1:9: `notify.a` needs `urls`"],
        );
        check("notify = 1\n", &["n.toml:1:1: `notify` must be a table: [notify.NAME]"]);
        let (_, faults) = read_text("[notify.a]\ntype = \"pagerduty\"\nkey_file = \"none\"\n");
        assert!(faults[0].starts_with("n.toml:3:1: cannot read none"), "{faults:?}");
    }

    #[test]
    fn an_empty_key_file_is_refused_and_a_korean_sentence_is_korean_throughout() {
        use nines_base::lang::{Lang, Message};
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("hook.key"), "\n").unwrap();
        let file = folder.path().join("nines.toml");
        let said = |text: &str| {
            let (low, mut faults) = Low::gather(Some((file.to_str().unwrap(), text)), &|_| None, &[]);
            faults.extend(targets(low.notify()).1);
            faults.iter().map(|fault| fault.fact.text(Lang::Ko)).collect::<Vec<_>>()
        };
        let hook = "[notify.a]\ntype = \"webhook\"\nurls = \"https://a.example\"\n";
        assert!(said(&format!("{hook}key_file = \"hook.key\"\n"))[0].ends_with("비어 있습니다"));
        assert_eq!(said(hook), ["`notify.a`에 `key_file`이 필요합니다: standard-webhooks 형식의 비밀 whsec_…"]);
        std::fs::write(folder.path().join("hook.key"), "password\n").unwrap();
        let bad = said(&format!("{hook}key_file = \"hook.key\"\n"));
        assert_eq!(bad, ["`notify.a`의 키 파일 내용이 whsec_ 뒤에 24~64바이트를 base64로 쓴 형식이 아닙니다"]);
        assert_eq!(said("notify = 1\n"), ["`notify`의 값은 [notify.NAME] 테이블(이)어야 합니다"]);
        assert_eq!(said("memory = 1.5\n"), ["`memory`의 값은 텍스트, 숫자, true/false 중 하나(이)어야 합니다"]);
    }
}
