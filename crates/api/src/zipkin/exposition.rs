//! Prometheus's text format, version 0.0.4: families of samples, one after the other.

use std::fmt::{Display, Write};

/// A text being written.
#[derive(Default)]
pub struct Exposition {
    text: String,
}

impl Exposition {
    /// Writes a family of samples, each its labels with their braces and its value. Nothing without any.
    pub fn family<V: Display>(&mut self, name: &str, kind: &str, help: &str, samples: &[(String, V)]) {
        if samples.is_empty() {
            return;
        }
        self.head(name, kind, help);
        for (labels, value) in samples {
            self.sample(name, labels, value);
        }
    }

    /// Writes the lines before a family's samples.
    pub fn head(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// Writes one sample.
    pub fn sample(&mut self, name: &str, labels: &str, value: impl Display) {
        let _ = writeln!(self.text, "{name}{labels} {value}");
    }

    /// What was written.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A label's value as the format wants it.
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_has_its_head_once_and_none_without_samples() {
        let mut text = Exposition::default();
        text.family("a_total", "counter", "All a.", &[(String::new(), 1), ("{x=\"y\"}".into(), 2)]);
        text.family::<u64>("b", "gauge", "No b.", &[]);
        assert_eq!(text.into_text(), "# HELP a_total All a.\n# TYPE a_total counter\na_total 1\na_total{x=\"y\"} 2\n");
        assert_eq!(escape("a\"b\\c\nd"), "a\\\"b\\\\c\\nd");
    }
}
