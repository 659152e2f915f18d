//! The report and what to do next.

use super::burned::Budgets;
use super::shapes::{proposal_value, report_value};
use super::traffic::Traffic;
use crate::App;
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::request::Asked;
use axum::Json;
use axum::extract::State;
use nines_base::{DurationUs, Timestamp};
use nines_toil::book::Book;
use nines_toil::judge::cap::WINDOW_WEEKS;
use nines_toil::report::{Ask, Report, STEPS_MAX, WEEK, Window, report as make};
use serde_json::{Value, json};
use std::sync::Arc;

/// A day.
const DAY: DurationUs = DurationUs::from_secs(86_400);

/// `GET /toil/report?from=&to=&team=&task=&me=&step=`.
pub async fn report(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let (report, lang, step) = made(&app, &asked).await?;
    Ok(Json(report_value(&report, step, lang)))
}

/// `GET /toil/next`: proposals in the order in which they should be tried.
pub async fn next(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let (report, lang, _) = made(&app, &asked).await?;
    let items: Vec<Value> = report.proposals.iter().map(|proposal| proposal_value(proposal, lang)).collect();
    let ranks = report.coverage.is_none_or(|coverage| coverage.ranks());
    Ok(Json(json!({ "items": items, "ranks": ranks, "next": null })))
}

/// The report of the page's first HTML.
pub async fn report_answer(app: &Arc<App>, asked: &Asked) -> Result<Value, Problem> {
    let (report, lang, step) = made(app, asked).await?;
    Ok(report_value(&report, step, lang))
}

async fn made(app: &Arc<App>, asked: &Asked) -> Result<(Report, nines_base::Lang, DurationUs), Problem> {
    let wish = Wish::read(asked)?;
    let (lang, step) = (asked.lang, wish.step);
    let app = app.clone();
    let report = tokio::task::spawn_blocking(move || wish.answer(&app, lang)).await;
    let report = report.unwrap_or_else(|error| Err(Problem::internal(lang, &error.to_string())))?;
    Ok((report, lang, step))
}

/// What a request wants.
struct Wish {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    team: Option<String>,
    task: Option<String>,
    me: Option<String>,
    step: DurationUs,
}

impl Wish {
    fn read(asked: &Asked) -> Result<Wish, Problem> {
        let step = asked.duration("step")?.unwrap_or(WEEK);
        if step.0 <= 0 {
            let text = asked.text("step").unwrap_or_default().to_owned();
            return Err(Problem::bad(asked.lang, Fault::BadDuration { text }, Fault::BadDurationHint));
        }
        let text = |name: &str| asked.text(name).map(str::to_owned);
        let wish = Wish {
            from: asked.time("from")?,
            to: asked.time("to")?,
            team: text("team"),
            task: text("task"),
            me: text("me"),
            step,
        };
        match (wish.from, wish.to) {
            (Some(from), Some(to)) if from >= to => {
                let text = asked.text("from").unwrap_or_default().to_owned();
                Err(Problem::bad(asked.lang, Fault::EndsBeforeItBegins { text }, Fault::EndsBeforeItBeginsHint))
            }
            _ => Ok(wish),
        }
    }

    fn answer(&self, app: &App, lang: nines_base::Lang) -> Result<Report, Problem> {
        let window =
            app.toil.with(app, |book| Ok(self.window(book, app.clock.now()))).map_err(|e| Problem::ledger(lang, &e))?;
        // Before the book is locked: counting spans takes its time.
        let traffic = Traffic::read(app, window, self.step).map_err(|error| Problem::store(lang, &error))?;
        let budgets = Budgets::new(app);
        let zone = jiff::tz::TimeZone::system();
        let ask = Ask {
            window,
            team: self.team.as_deref(),
            task: self.task.as_deref(),
            me: self.me.as_deref(),
            step: self.step,
            requests: &traffic,
            burned: &budgets,
            is_off_hours: &|at| is_off_hours(at, &zone),
        };
        app.toil.with(app, |book| Ok(make(book, &ask))).map_err(|error| Problem::ledger(lang, &error))
    }

    /// Thirteen weeks up to the end of today. Where they have nothing and something older is known, as with the first
    /// import of a past, they end with that; and a series has no more steps than it may.
    fn window(&self, book: &Book, now: Timestamp) -> Window {
        let length = DurationUs((WINDOW_WEEKS * WEEK.0).min(self.step.0.saturating_mul(STEPS_MAX as i64)));
        if let (Some(from), Some(to)) = (self.from, self.to) {
            return Window { from, to };
        }
        if let Some(from) = self.from {
            return Window { from, to: day_after(now).max(from + DAY) };
        }
        let to = self.to.unwrap_or_else(|| {
            if self.step < DAY {
                return now;
            }
            let today = day_after(now);
            match book.newest() {
                Some(newest) if newest < today - length => day_after(newest),
                _ => today,
            }
        });
        Window { from: to - length, to }
    }
}

fn day_after(at: Timestamp) -> Timestamp {
    Timestamp(at.0 - at.0.rem_euclid(DAY.0) + DAY.0)
}

/// Whether a moment lies outside of 8 to 18 o'clock from Monday to Friday, where the server stands.
fn is_off_hours(at: Timestamp, zone: &jiff::tz::TimeZone) -> bool {
    let Ok(time) = jiff::Timestamp::from_microsecond(at.0) else { return false };
    let local = zone.to_datetime(time);
    let is_weekend = matches!(local.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
    is_weekend || !(8..18).contains(&local.hour())
}
