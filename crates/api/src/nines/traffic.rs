//! This host's rules, read from netd; nothing here changes them.

use super::problem::{Answer, Fault, Problem};
use super::request::Asked;
use crate::App;
use crate::host_traffic::{AskedPacket, HostTraffic, Untold, UntoldKind};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use nines_base::Lang;
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /traffic`: what holds, waits and drifted, every rule with its counts. `netd` says whether somebody tells of it:
/// `live`, `absent`, `silent`, or `off` where this server may not ask; then the rest is empty and `why` says more.
pub async fn status(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    Ok(Json(status_value(&app, asked.lang).await))
}

/// What holds, as an answer.
pub async fn status_value(app: &App, lang: Lang) -> Value {
    let Some(traffic) = app.traffic.clone() else { return nothing("off", None, lang) };
    match asking(traffic, |traffic| traffic.status()).await {
        Ok(mut status) => {
            status["netd"] = json!("live");
            status
        }
        Err(untold) if untold.kind == UntoldKind::Absent => nothing("absent", Some(&untold), lang),
        Err(untold) => nothing("silent", Some(&untold), lang),
    }
}

fn nothing(netd: &str, untold: Option<&Untold>, lang: Lang) -> Value {
    let why = untold.map(|untold| json!({ "fact": untold.fact(lang), "hint": untold.hint(lang) }));
    json!({
        "netd": netd, "why": why, "confirmed": null, "pending": null, "generation": null, "drift": [], "foreign": [],
        "legacy": [], "rules": [],
    })
}

/// `GET /traffic/plans/{id}`: a plan that is kept or was made lately.
pub async fn plan(State(app): State<Arc<App>>, Path(id): Path<String>, asked: Asked) -> Answer {
    plan_answer(&app, &id, asked.lang).await.map(Json)
}

/// A plan, as an answer.
pub async fn plan_answer(app: &App, id: &str, lang: Lang) -> Result<Value, Problem> {
    let (traffic, id) = (traffic(app, lang)?, id.to_owned());
    let plan = asking(traffic, move |traffic| traffic.plan(&id)).await;
    plan.map_err(|untold| problem(lang, untold))
}

/// `GET /traffic/explain?src=&dst=&proto=&in=&out=&ct=`: what becomes of a packet by all that the kernel holds.
pub async fn explain(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let needed = |name: &str| {
        let missing = || Fault::NeedsText { name: name.to_owned() };
        asked.text(name).map(str::to_owned).ok_or_else(|| Problem::bad(asked.lang, missing(), Fault::ExplainHint))
    };
    let optional = |name: &str| asked.text(name).map(str::to_owned);
    let packet = AskedPacket {
        source: needed("src")?,
        destination: needed("dst")?,
        protocol: optional("proto").unwrap_or_else(|| "tcp".to_owned()),
        input: optional("in"),
        output: optional("out"),
        state: optional("ct"),
    };
    let traffic = traffic(&app, asked.lang)?;
    let answer = asking(traffic, move |traffic| traffic.explain(&packet)).await;
    answer.map(Json).map_err(|untold| problem(asked.lang, untold))
}

fn traffic(app: &App, lang: Lang) -> Result<Arc<dyn HostTraffic>, Problem> {
    let off = || Problem::status(StatusCode::NOT_FOUND, lang, Fault::TrafficOff, Fault::TrafficOffHint);
    app.traffic.clone().ok_or_else(off)
}

/// Asks away from the threads that serve sockets.
async fn asking<T: Send + 'static>(
    traffic: Arc<dyn HostTraffic>,
    ask: impl FnOnce(&dyn HostTraffic) -> Result<T, Untold> + Send + 'static,
) -> Result<T, Untold> {
    let outcome = tokio::task::spawn_blocking(move || ask(&*traffic)).await;
    outcome.unwrap_or_else(|error| {
        tracing::error!(%error, "asking netd ended abnormally");
        Err(Untold::new(UntoldKind::Silent, &Fault::TrafficBroke, &Fault::ServerHint))
    })
}

fn problem(lang: Lang, untold: Untold) -> Problem {
    let status = match untold.kind {
        UntoldKind::Absent | UntoldKind::Silent => StatusCode::SERVICE_UNAVAILABLE,
        UntoldKind::Unknown => StatusCode::NOT_FOUND,
        UntoldKind::Bad => StatusCode::BAD_REQUEST,
    };
    let of = |[said_en, said_ko]: [String; 2]| Fault::OfObject { said_en, said_ko };
    Problem::status(status, lang, of(untold.fact), of(untold.hint))
}

/// What the last answer tells of counts, for whoever scrapes them; nothing where nobody tells.
pub async fn counted(app: &App) -> Option<Value> {
    asking(app.traffic.clone()?, |traffic| traffic.status()).await.ok()
}
