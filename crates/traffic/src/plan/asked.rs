//! What was asked: the intent file's text with everything outside it that its meaning hangs on, so that whoever reads it
//! elsewhere or later compiles the same rules.

use core::net::IpAddr;

use crate::analyse;
use crate::compile::{Refused, compile};
use crate::finding::{Finding, Place, Severity};
use crate::intent::{self, Effective, Intents, Session, effective};
use crate::messages::{Fact, Hint};
use crate::net::Protocol;
use crate::nft::Table;
use crate::services::Services;
use nines_base::lang::{Lang, Message};

/// An intent file and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// As the user named it.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Names of services that the text may mean, as lines `name port/protocol`.
    pub services: String,
    /// Texts of lists that stand in files of their own, by the lists' names.
    pub lists: Vec<(String, String)>,
    /// How the person came in who asked.
    pub operator: Option<Operator>,
}

/// The connection of who applies rules: what must stay open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// From where.
    pub client: IpAddr,
    /// The address of this host that was dialled.
    pub own: IpAddr,
    /// Its port.
    pub port: u16,
}

/// What is asked, read and compiled.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What the file says, its lists filled.
    pub intents: Intents,
    /// Everything that is meant with it.
    pub rules: Vec<Effective>,
    /// What the kernel is to hold.
    pub table: Table,
}

/// Why what was asked cannot be had.
#[derive(Clone, Debug, PartialEq)]
pub enum Unusable {
    /// What is wrong with the file, or what the kernel cannot hold, each at its place.
    Findings(Vec<Finding>),
}

impl Message for Unusable {
    fn text(&self, lang: Lang) -> String {
        match self {
            Unusable::Findings(findings) => {
                findings.iter().map(|finding| finding.render(lang)).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

impl Operator {
    /// What the guard of rules asks for.
    #[must_use]
    pub fn session(self) -> Session {
        Session { client: self.client, port: self.port }
    }
}

impl Asked {
    /// The names of services that words of a text could mean, as a list that [`Services::read`] reads.
    #[must_use]
    pub fn services_of(text: &str, services: &Services) -> String {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_.+".contains(letter);
        let mut words: Vec<&str> =
            text.split(|letter: char| !is_part(letter)).filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        let lines = words.into_iter().flat_map(|word| services.of_name(word).map(move |known| (word, known)));
        lines.map(|(word, (Protocol(number), port))| format!("{word} {port}/{number}\n")).collect()
    }

    /// The same with those lists as they were last that nobody could read now and whose file says to keep them.
    #[must_use]
    pub fn keeping(mut self, last: &Asked) -> Asked {
        let intents = intent::read(&self.file, self.text.as_bytes(), &Services::read(&self.services)).intents;
        let keeps = |list: &&intent::List| list.file.as_ref().is_some_and(|file| file.keeps_last);
        for list in intents.lists.iter().filter(keeps) {
            let is_given = self.lists.iter().any(|(name, _)| *name == list.name);
            let kept = last.lists.iter().find(|(name, _)| *name == list.name).filter(|_| !is_given);
            self.lists.extend(kept.cloned());
        }
        self
    }

    /// Whether it is no file at all, which asks for no rules: what there was before the first plan. An empty file has a name.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Asked::default()
    }

    /// Reads and compiles it.
    ///
    /// # Errors
    /// [`Unusable`] with all that is wrong; warnings are none of it.
    pub fn wanted(&self) -> Result<Wanted, Unusable> {
        if self.is_nothing() {
            let intents = Intents::default();
            let table = compile(&intents, &[]).map_err(|refused| self.not_compiled(refused))?;
            return Ok(Wanted { intents, rules: Vec::new(), table });
        }
        let loaded = intent::read(&self.file, self.text.as_bytes(), &Services::read(&self.services));
        let (mut intents, mut findings) = (loaded.intents, loaded.findings);
        for (name, text) in &self.lists {
            findings.extend(intents.fill(name, text));
        }
        findings.extend(self.missing_lists(&intents));
        findings.retain(|finding| finding.severity == Severity::Error);
        if !findings.is_empty() {
            return Err(Unusable::Findings(findings));
        }
        let rules = effective(&intents, self.operator.map(Operator::session));
        let table = compile(&intents, &rules).map_err(|refused| self.not_compiled(refused))?;
        Ok(Wanted { intents, rules, table })
    }

    /// What the kernel cannot hold, at its line.
    fn not_compiled(&self, refused: Vec<Refused>) -> Unusable {
        let finding = |Refused { line, fact, hint }| Finding {
            place: Place { file: self.file.clone(), line, column: 1 },
            path: if line > 0 { "traffic.raw" } else { "traffic" }.to_owned(),
            severity: Severity::Error,
            fact,
            hint,
        };
        Unusable::Findings(refused.into_iter().map(finding).collect())
    }

    /// Lists whose file nobody read; one that keeps what it had is not missing.
    fn missing_lists<'a>(&'a self, intents: &'a Intents) -> impl Iterator<Item = Finding> + 'a {
        intents.lists.iter().filter_map(|list| {
            let file = list.file.as_ref().filter(|file| !file.keeps_last)?;
            let is_given = self.lists.iter().any(|(name, _)| *name == list.name);
            let fact = Fact::ListFileUnread { path: file.path.clone(), reason: "-".to_owned() };
            (!is_given).then(|| Finding {
                place: list.place.clone(),
                path: "traffic.lists".to_owned(),
                severity: Severity::Error,
                fact,
                hint: Hint::MakeListFile,
            })
        })
    }
}

impl Wanted {
    /// Whether it would keep out who applies it.
    #[must_use]
    pub fn locks_out(&self, operator: Operator) -> Option<Finding> {
        analyse::lock_out(&self.intents, &self.rules, operator.session(), operator.own)
    }
}
