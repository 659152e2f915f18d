//! What a request asks: its parameters, read with clear faults, and its language.

use super::problem::{Fault, Problem};
use crate::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use nines_base::{DurationUs, Lang, Timestamp};
use nines_storage::Window;
use nines_trace::filter::Filter;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

/// Parameters and language of a request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Language of texts in the answer.
    pub lang: Lang,
    parameters: HashMap<String, String>,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Asked, Infallible> {
        let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let parameters: HashMap<String, String> = pairs.map(|pairs| pairs.0.into_iter().collect()).unwrap_or_default();
        Ok(Asked { lang: language_of(parameters.get("lang").map(String::as_str), &parts.headers), parameters })
    }
}

/// `?lang=` before the cookie `lang` before `Accept-Language`.
pub(crate) fn language_of(asked: Option<&str>, headers: &HeaderMap) -> Lang {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let cookie = header(header::COOKIE)
        .and_then(|cookies| cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix("lang=")));
    let accepted = header(header::ACCEPT_LANGUAGE).and_then(|list| list.split([',', ';']).next());
    Lang::from_tag(asked.or(cookie).or(accepted).unwrap_or_default().trim())
}

impl Asked {
    /// A text parameter; `None` when absent or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// A whole number between bounds.
    pub fn number(&self, name: &str, default: u64, from: u64, to: u64) -> Result<u64, Problem> {
        let Some(text) = self.text(name) else { return Ok(default) };
        text.parse().ok().filter(|number| (from..=to).contains(number)).ok_or_else(|| {
            let fact = Fault::BadNumber { name: name.to_owned(), text: text.to_owned() };
            Problem::bad(self.lang, fact, Fault::BadNumberHint { from, to })
        })
    }

    /// The number of the last event given: `next` of the answer before.
    pub fn cursor(&self) -> Result<Option<u64>, Problem> {
        let Some(text) = self.text("cursor") else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.bad_cursor(text))
    }

    /// What is told of a cursor that no answer gave.
    pub fn bad_cursor(&self, text: &str) -> Problem {
        let fact = Fault::BadWord { name: "cursor".into(), text: text.to_owned() };
        Problem::bad(self.lang, fact, Fault::BadWordHint { words: "next".into() })
    }

    /// One of some words.
    pub fn word<T: Copy>(&self, name: &str, words: &[(&str, T)], default: T) -> Result<T, Problem> {
        let Some(text) = self.text(name) else { return Ok(default) };
        let known = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        known.ok_or_else(|| {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let fact = Fault::BadWord { name: name.to_owned(), text: text.to_owned() };
            Problem::bad(self.lang, fact, Fault::BadWordHint { words: list.join(", ") })
        })
    }

    /// The filter in `q`; an absent one matches everything.
    pub fn filter(&self) -> Result<Filter, Problem> {
        Filter::parse(self.text("q").unwrap_or_default()).map_err(|error| Problem::filter(self.lang, &error))
    }

    /// The window of `from` and `to`, or the last `since`, up to now.
    pub fn window(&self, app: &Arc<App>, since_default: DurationUs) -> Result<Window, Problem> {
        let to = self.time("to")?.unwrap_or_else(|| app.clock.now());
        let since = self.duration("since")?.unwrap_or(since_default);
        Ok(Window { from: self.time("from")?.unwrap_or(to - since), to })
    }

    /// A length of time.
    pub fn duration(&self, name: &str) -> Result<Option<DurationUs>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.parse()
            .map(Some)
            .map_err(|_| Problem::bad(self.lang, Fault::BadDuration { text: text.to_owned() }, Fault::BadDurationHint))
    }

    /// A moment.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let parsed = text.parse::<jiff::Timestamp>();
        parsed
            .map(|time| Some(Timestamp(time.as_microsecond())))
            .map_err(|_| Problem::bad(self.lang, Fault::BadTime { text: text.to_owned() }, Fault::BadTimeHint))
    }
}

/// A time as our API writes it.
pub(crate) fn rfc3339(time: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(time.0).map(|time| time.to_string()).unwrap_or_default()
}
