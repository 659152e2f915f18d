//! The answers a page asks for first, put into its shell: it is drawn without waiting for a request.

use super::shown::Shown;
use crate::App;
use crate::nines::{
    Asked, run_answer, runbook_answer, runbooks_answer, slo_answer, slos_value, toil_answer, trace_answer,
    traffic_plan_answer, traffic_value,
};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A larger answer is left for the page to ask for: its shell must come at once.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// How long a page waits for netd, which answers within milliseconds or is busy with a list of many thousands.
const NETD_WAIT: Duration = Duration::from_millis(300);

/// API URLs as the page asks for them, each with its answer.
pub(super) async fn answers(app: &Arc<App>, shown: &Shown<'_>, asked: &Asked) -> Map<String, Value> {
    let mut answers = Map::new();
    // The rail of every page counts the objectives.
    if *shown != Shown::Nothing {
        answers.insert("/api/nines/v1/slos".into(), slos_value(app, asked.lang));
    }
    // What cannot be answered is asked for again by the page, which shows the fault.
    if let Some((path, answer)) = own(app, shown, asked).await {
        answers.insert(format!("/api/nines/v1/{path}"), answer);
    }
    answers.retain(|_, answer| answer.to_string().len() <= ANSWER_BYTES_MAX);
    answers
}

/// The answer about what the page shows, where that is one thing.
async fn own(app: &Arc<App>, shown: &Shown<'_>, asked: &Asked) -> Option<(String, Value)> {
    let lang = asked.lang;
    let of = |kind: &str, name: &str| format!("{kind}/{}", segment(name));
    match shown {
        Shown::Slo(name) => Some((of("slos", name), slo_answer(app, name, lang).await.ok()?)),
        Shown::Trace(id) => Some((of("traces", id), trace_answer(app, id, lang).await.ok()?)),
        Shown::Traffic | Shown::TrafficExplain => {
            Some(("traffic".into(), timeout(NETD_WAIT, traffic_value(app, lang)).await.ok()?))
        }
        Shown::TrafficPlan(id) => {
            let plan = timeout(NETD_WAIT, traffic_plan_answer(app, id, lang)).await.ok()?;
            Some((of("traffic/plans", id), plan.ok()?))
        }
        // Another team or window is another question, which the page asks itself.
        Shown::Toil if ["team", "weeks", "from", "to", "me", "step"].iter().all(|name| asked.text(name).is_none()) => {
            Some(("toil/report".into(), toil_answer(app, asked).await.ok()?))
        }
        Shown::Runbooks => Some(("runbooks".into(), runbooks_answer(app, lang).await.ok()?)),
        Shown::Runbook(id) => Some((of("runbooks", id), runbook_answer(app, id, lang).await.ok()?)),
        Shown::Run(id) => Some((of("runs", id), run_answer(app, id, lang).await.ok()?)),
        _ => None,
    }
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
