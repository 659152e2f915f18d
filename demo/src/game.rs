//! The game: `web` and `app` show players' profiles and the ranking, take scores and log players in; `api`
//! answers both from `rank` and `user-profile`.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, body::Bytes};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use nines_sleuth::tag;

use crate::DemoError;
use crate::chance::{Tempo, tempo};
use crate::host::Host;
use crate::peer::{CallError, Peer};
use crate::stage::{Opened, Stage};

/// `user-profile`'s good release, to which every bad one is rolled back.
pub const USER_PROFILE_VERSION: &str = "1.4.2";
/// The share of rankings that `rank` fails in good times: a healthy service is not a perfect one.
pub const RANKING_ERROR_SHARE: f64 = 0.001;

const WEB_RENDER: Tempo = tempo(6.0, 0.4);
const APP_RENDER: Tempo = tempo(3.0, 0.4);
const API_CHECK: Tempo = tempo(3.0, 0.3);
const RANKING_READ: Tempo = tempo(22.0, 0.5);
const SCORE_WRITE: Tempo = tempo(9.0, 0.4);
const USER_READ: Tempo = tempo(12.0, 0.5);
const AVATAR_READ: Tempo = tempo(16.0, 0.6);
const SESSION_CREATE: Tempo = tempo(25.0, 0.3);

/// How often the ranking is computed anew, with the first score that comes after.
const RANKING_INTERVAL: Duration = Duration::from_secs(10);
/// Places in the ranking.
const RANKING_PLACES: usize = 10;
/// Scores kept until the next ranking; the lowest of a busier time fall out.
const SCORES_WAITING_MAX: usize = 1_000;

/// The game's services that others need to know.
pub(crate) struct Game {
    pub(crate) web: SocketAddr,
    pub(crate) app: SocketAddr,
    pub(crate) user_profile: Arc<Host>,
}

/// Opens the game's five services, callees first.
pub(crate) async fn open(stage: &mut Stage) -> Result<Game, DemoError> {
    let rank = stage.open("rank", "1.9.0", rank).await?;
    let user_profile = stage.open("user-profile", USER_PROFILE_VERSION, user_profile).await?;
    let api = stage.open("api", "2.7.3", |host| api(host, &rank, &user_profile)).await?;
    let web = stage.open("web", "3.2.0", |host| edge(host, &api, Look::Page)).await?;
    let app = stage.open("app", "5.0.1", |host| edge(host, &api, Look::Json)).await?;
    Ok(Game { web: web.address, app: app.address, user_profile: user_profile.host })
}

// -- rank --------------------------------------------------------------------------------------------------

struct Rank {
    host: Arc<Host>,
    board: Mutex<Board>,
}

struct Board {
    places: Vec<u32>,
    waiting: Vec<u32>,
    computed_at: Instant,
}

impl Board {
    /// Takes a score, and computes the ranking where it is due.
    fn add(&mut self, score: u32) {
        if self.waiting.len() < SCORES_WAITING_MAX {
            self.waiting.push(score);
        }
        if self.computed_at.elapsed() >= RANKING_INTERVAL {
            self.places.append(&mut self.waiting);
            self.places.sort_unstable_by(|a, b| b.cmp(a));
            self.places.truncate(RANKING_PLACES);
            self.computed_at = Instant::now();
        }
    }
}

fn rank(host: &Arc<Host>) -> Router {
    let board = Board { places: vec![9_000, 5_000, 1_000], waiting: Vec::new(), computed_at: Instant::now() };
    Router::new()
        .route("/ranking", get(read_ranking))
        .route("/scores", post(write_score))
        .with_state(Arc::new(Rank { host: host.clone(), board: Mutex::new(board) }))
}

async fn read_ranking(State(rank): State<Arc<Rank>>) -> Response {
    rank.host.work(RANKING_READ).await;
    if rank.host.happens(RANKING_ERROR_SHARE) {
        return rank.host.fail(StatusCode::INTERNAL_SERVER_ERROR, "the ranking's replica was behind");
    }
    let (age, places) = {
        let board = rank.board.lock().unwrap_or_else(PoisonError::into_inner);
        (board.computed_at.elapsed(), format!("{:?}", board.places))
    };
    tag("rank.age_ms", age.as_millis());
    json(format!(r#"{{"places":{places}}}"#))
}

async fn write_score(State(rank): State<Arc<Rank>>, body: Bytes) -> Response {
    let score = std::str::from_utf8(&body).ok().and_then(|text| text.trim().parse().ok());
    let Some(score) = score else {
        return rank.host.fail(StatusCode::BAD_REQUEST, "a score is a number");
    };
    rank.host.work(SCORE_WRITE).await;
    rank.board.lock().unwrap_or_else(PoisonError::into_inner).add(score);
    json(format!(r#"{{"score":{score}}}"#))
}

// -- user-profile ------------------------------------------------------------------------------------------

fn user_profile(host: &Arc<Host>) -> Router {
    Router::new()
        .route("/users/{id}", get(read_user))
        .route("/users/{id}/avatar", get(read_avatar))
        .route("/sessions", post(create_session))
        .with_state(host.clone())
}

async fn read_user(State(host): State<Arc<Host>>, Path(id): Path<u32>) -> Response {
    host.work(USER_READ).await;
    json(format!(r#"{{"id":{id},"name":"player {id}","level":{}}}"#, id % 60 + 1))
}

async fn read_avatar(State(host): State<Arc<Host>>, Path(id): Path<u32>) -> Response {
    host.work(AVATAR_READ).await;
    json(format!(r#"{{"hue":{}}}"#, id * 47 % 360))
}

async fn create_session(State(host): State<Arc<Host>>, body: Bytes) -> Response {
    host.work(SESSION_CREATE).await;
    json(format!(r#"{{"player":"{}"}}"#, String::from_utf8_lossy(&body).trim().escape_default()))
}

// -- api ---------------------------------------------------------------------------------------------------

struct Api {
    host: Arc<Host>,
    rank: Peer,
    user_profile: Peer,
}

fn api(host: &Arc<Host>, rank: &Opened, user_profile: &Opened) -> Router {
    let api = Api {
        host: host.clone(),
        rank: Peer::new(host, rank.host.name, rank.address),
        user_profile: Peer::new(host, user_profile.host.name, user_profile.address),
    };
    Router::new()
        .route("/profile/{id}", get(api_profile))
        .route("/ranking", get(api_ranking))
        .route("/score", post(api_score))
        .route("/login", post(api_login))
        .with_state(Arc::new(api))
}

/// A profile without its picture is still a profile: then the answer is 200 and its span `degraded`.
async fn api_profile(State(api): State<Arc<Api>>, Path(id): Path<u32>) -> Response {
    api.host.work(API_CHECK).await;
    let user = api.user_profile.get(format!("/users/{id}"));
    let avatar = api.user_profile.get(format!("/users/{id}/avatar"));
    let (user, avatar) = tokio::join!(user, avatar);
    let user = match user {
        Ok(user) => user,
        Err(error) => return api.host.fail(StatusCode::BAD_GATEWAY, error),
    };
    let avatar = avatar.unwrap_or_else(|error| {
        tag("degraded", true);
        tracing::debug!("profile {id} without avatar: {error}");
        "null".to_owned()
    });
    json(format!(r#"{{"user":{user},"avatar":{avatar}}}"#))
}

async fn api_ranking(State(api): State<Arc<Api>>) -> Response {
    api.host.work(API_CHECK).await;
    pass(&api.host, api.rank.get("/ranking").await)
}

async fn api_score(State(api): State<Arc<Api>>, body: Bytes) -> Response {
    api.host.work(API_CHECK).await;
    pass(&api.host, api.rank.post("/scores", body).await)
}

async fn api_login(State(api): State<Arc<Api>>, body: Bytes) -> Response {
    api.host.work(API_CHECK).await;
    pass(&api.host, api.user_profile.post("/sessions", body).await)
}

// -- web and app -------------------------------------------------------------------------------------------

/// What an edge makes of `api`'s answers.
#[derive(Clone, Copy)]
enum Look {
    Page,
    Json,
}

struct Edge {
    host: Arc<Host>,
    api: Peer,
    look: Look,
}

fn edge(host: &Arc<Host>, api: &Opened, look: Look) -> Router {
    let edge = Edge { host: host.clone(), api: Peer::new(host, api.host.name, api.address), look };
    Router::new()
        .route("/profile/{id}", get(edge_profile))
        .route("/ranking", get(edge_ranking))
        .route("/score", post(edge_score))
        .route("/login", post(edge_login))
        .with_state(Arc::new(edge))
}

async fn edge_profile(State(edge): State<Arc<Edge>>, Path(id): Path<u32>) -> Response {
    edge.render(edge.api.get(format!("/profile/{id}")).await).await
}

async fn edge_ranking(State(edge): State<Arc<Edge>>) -> Response {
    edge.render(edge.api.get("/ranking").await).await
}

async fn edge_score(State(edge): State<Arc<Edge>>, body: Bytes) -> Response {
    edge.render(edge.api.post("/score", body).await).await
}

async fn edge_login(State(edge): State<Arc<Edge>>, body: Bytes) -> Response {
    edge.render(edge.api.post("/login", body).await).await
}

impl Edge {
    async fn render(&self, answer: Result<String, CallError>) -> Response {
        match (answer, self.look) {
            (Ok(text), Look::Page) => {
                self.host.work(WEB_RENDER).await;
                Html(format!("<!doctype html><title>The game</title><pre>{text}</pre>")).into_response()
            }
            (Ok(text), Look::Json) => {
                self.host.work(APP_RENDER).await;
                json(text)
            }
            (Err(error), _) => self.host.fail(StatusCode::BAD_GATEWAY, error),
        }
    }
}

// -- answers -----------------------------------------------------------------------------------------------

/// A JSON answer.
pub(crate) fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

/// The callee's answer as this service's own, its failure as a bad gateway.
pub(crate) fn pass(host: &Host, answer: Result<String, CallError>) -> Response {
    match answer {
        Ok(text) => json(text),
        Err(error) => host.fail(StatusCode::BAD_GATEWAY, error),
    }
}
