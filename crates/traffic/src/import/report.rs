//! What is told of each line.

use crate::iptables::{Class, LineKind, Read, classify};
use nines_base::lang::{Lang, Message};

/// A line, and how well it is understood.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The file it is of.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// As written.
    pub text: String,
    /// Of a rule its class; none where the line is ignored.
    pub class: Option<Class>,
}

/// Tells of every line of a file that says something: rules with their class, and lines that are no rules.
pub fn report(file: &str, read: &Read) -> Vec<Told> {
    let says = |kind: &LineKind| {
        !matches!(kind, LineKind::Blank | LineKind::Comment | LineKind::Table | LineKind::Chain | LineKind::Commit)
    };
    let lines = read.lines.iter().filter(|line| says(&line.kind));
    let told = lines.map(|line| Told {
        file: file.to_owned(),
        line: line.number,
        text: line.text.clone(),
        class: classify(&line.text, &line.kind),
    });
    told.collect()
}

/// A line's report as one line of JSON: `line`, `text`, `class`, and `why` where it is not supported.
pub fn told_line(told: &Told, lang: Lang) -> String {
    let class = told.class.as_ref().map_or("ignored", Class::name);
    let mut members = vec![
        format!("\"line\":{}", told.line),
        format!("\"text\":{}", crate::simulate::quoted(&told.text)),
        format!("\"class\":\"{class}\""),
    ];
    if let Some(Class::NotSupported(fact)) = &told.class {
        members.push(format!("\"why\":{}", crate::simulate::quoted(&fact.text(lang))));
    }
    format!("{{{}}}", members.join(","))
}
