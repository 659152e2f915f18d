//! What the API may tell of this host's rules: reading only, whoever asks.

use nines_base::Lang;
use nines_base::lang::Message;
use serde_json::Value;

/// The process that holds this host's rules, as far as it may be asked to read.
pub trait HostTraffic: Send + Sync {
    /// What holds, waits and drifted, and every rule with its counts; at most a second old.
    ///
    /// # Errors
    /// [`Untold`] where nobody answers.
    fn status(&self) -> Result<Value, Untold>;

    /// A plan that is kept or was made lately.
    ///
    /// # Errors
    /// [`Untold`] where there is none of that id, or nobody answers.
    fn plan(&self, id: &str) -> Result<Value, Untold>;

    /// What becomes of a packet.
    ///
    /// # Errors
    /// [`Untold`] where it cannot be read, or nobody answers.
    fn explain(&self, packet: &AskedPacket) -> Result<Value, Untold>;
}

/// A packet as somebody asks for it; texts as a line of packets has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedPacket {
    /// From whom, with or without a port.
    pub source: String,
    /// To whom.
    pub destination: String,
    /// What it carries.
    pub protocol: String,
    /// The interface it comes in by; found by the host's routes where nothing is said.
    pub input: Option<String>,
    /// The interface it leaves by; found in the same way.
    pub output: Option<String>,
    /// What conntrack makes of it; `new` where nothing is said.
    pub state: Option<String>,
}

/// Why something is not told.
#[derive(Clone, Debug, PartialEq)]
pub struct Untold {
    /// What it is about.
    pub kind: UntoldKind,
    /// The fact, in English and Korean.
    pub fact: [String; 2],
    /// The next step, in English and Korean.
    pub hint: [String; 2],
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UntoldKind {
    /// Nobody runs it.
    Absent,
    /// It does not answer as it should.
    Silent,
    /// It has no such thing.
    Unknown,
    /// The question is wrong.
    Bad,
}

impl Untold {
    /// In the words of a catalogue.
    pub fn new(kind: UntoldKind, fact: &impl Message, hint: &impl Message) -> Untold {
        let both = |message: &dyn Message| [message.text(Lang::En), message.text(Lang::Ko)];
        Untold { kind, fact: both(fact), hint: both(hint) }
    }

    /// The fact in one language.
    pub fn fact(&self, lang: Lang) -> &str {
        of(&self.fact, lang)
    }

    /// The next step in one language.
    pub fn hint(&self, lang: Lang) -> &str {
        of(&self.hint, lang)
    }
}

fn of([en, ko]: &[String; 2], lang: Lang) -> &str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}
