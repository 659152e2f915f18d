//! `nines doctor`: what is wrong on this host. One line for each thing that was looked at, whether well or not.

#[cfg(target_os = "linux")]
mod host;
mod server;
mod words;

use super::args::NetdSocket;
use super::context::Context;
use super::error::{Exit, Outcome};
use super::output::{paint, print};
use nines_base::Lang;
use nines_base::lang::Message;
use serde_json::{Value, json};
use words::Said;

/// How something that was looked at does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Well,
    /// It works, and somebody should know.
    Noteworthy,
    Wrong,
    /// It could not be looked at.
    Unknown,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            State::Well => "ok",
            State::Noteworthy => "warning",
            State::Wrong => "problem",
            State::Unknown => "unknown",
        }
    }

    fn mark(self) -> char {
        match self {
            State::Well => '●',
            State::Noteworthy => '▲',
            State::Wrong => '✖',
            State::Unknown => '◌',
        }
    }
}

/// Something that was looked at.
struct Looked {
    /// What: `server`, `conntrack`.
    at: &'static str,
    state: State,
    /// The fact, in English and Korean.
    fact: Both,
    hint: Option<Both>,
}

/// A text in English and Korean.
type Both = [String; 2];

impl Looked {
    fn well(at: &'static str, fact: &Said) -> Looked {
        Looked { at, state: State::Well, fact: both(fact), hint: None }
    }

    fn new(at: &'static str, state: State, fact: &dyn Message, hint: &dyn Message) -> Looked {
        Looked { at, state, fact: both(fact), hint: Some(both(hint)) }
    }

    fn text(&self, context: &Context) -> String {
        let Looked { at, state, fact, hint } = self;
        let head = format!("{} {at}: {}", state.mark(), of(fact, context.lang));
        let hint = hint.as_ref().map(|hint| format!("    {}\n", of(hint, context.lang))).unwrap_or_default();
        format!("{}\n{hint}", paint(&head, context.color))
    }

    fn object(&self, lang: Lang) -> Value {
        let hint = self.hint.as_ref().map(|hint| of(hint, lang));
        json!({ "check": self.at, "state": self.state.word(), "fact": of(&self.fact, lang), "hint": hint })
    }
}

fn both(message: &dyn Message) -> Both {
    [message.text(Lang::En), message.text(Lang::Ko)]
}

fn of([en, ko]: &Both, lang: Lang) -> &str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

pub fn run(context: &Context, netd: &NetdSocket) -> Outcome {
    let mut looked = server::look(context);
    looked.extend(of_host(netd));
    if context.format.is_table() {
        print(&looked.iter().map(|looked| looked.text(context)).collect::<String>());
    } else {
        let items: Vec<Value> = looked.iter().map(|looked| looked.object(context.lang)).collect();
        context.write(&json!({ "items": items }));
    }
    let is_well = looked.iter().all(|looked| matches!(looked.state, State::Well | State::Unknown));
    Ok(if is_well { Exit::Yes } else { Exit::No })
}

#[cfg(target_os = "linux")]
fn of_host(netd: &NetdSocket) -> Vec<Looked> {
    host::look(&netd.socket)
}

#[cfg(not(target_os = "linux"))]
fn of_host(_: &NetdSocket) -> Vec<Looked> {
    Vec::new()
}
