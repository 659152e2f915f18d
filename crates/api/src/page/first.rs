//! The answers a page asks for first, put into its shell: it is drawn without waiting for a request.

use super::shown::Shown;
use crate::App;
use crate::nines::{Asked, slo_answer, slos_value, trace_answer};
use serde_json::{Map, Value};
use std::sync::Arc;

/// A larger answer is left for the page to ask for: its shell must come at once.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// API URLs as the page asks for them, each with its answer.
pub(super) async fn answers(app: &Arc<App>, shown: &Shown<'_>, asked: &Asked) -> Map<String, Value> {
    let mut answers = Map::new();
    // The rail of every page counts the objectives.
    if *shown != Shown::Nothing {
        answers.insert("/api/nines/v1/slos".into(), slos_value(app, asked.lang));
    }
    let own = match shown {
        Shown::Slo(name) => slo_answer(app, name, asked.lang).await.map(|answer| ("slos", name, answer)),
        Shown::Trace(id) => trace_answer(app, id, asked.lang).await.map(|answer| ("traces", id, answer)),
        _ => return answers,
    };
    // What cannot be answered is asked for again by the page, which shows the fault.
    if let Ok((kind, name, answer)) = own {
        answers.insert(format!("/api/nines/v1/{kind}/{}", segment(name)), answer);
    }
    answers.retain(|_, answer| answer.to_string().len() <= ANSWER_BYTES_MAX);
    answers
}

/// A path segment as JavaScript's `encodeURIComponent` writes it, which is how the page names its requests.
fn segment(text: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
    const KEPT: AsciiSet = NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'!')
        .remove(b'~')
        .remove(b'*')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')');
    percent_encoding::utf8_percent_encode(text, &KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn names_are_written_as_the_page_writes_them() {
        assert_eq!(segment("a-b_c.d!~*'()"), "a-b_c.d!~*'()");
        assert_eq!(segment("결제 a/b%"), "%EA%B2%B0%EC%A0%9C%20a%2Fb%25");
    }
}
