//! The traffic: players who look at profiles and the ranking, score, log in, look at items and buy them, from outside
//! the traced services. Arrivals follow a Poisson process, whether answers are fast or slow.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use crate::chance::Chance;
use crate::peer::{HttpClient, http_client};

/// Most visits under way; at a healthy 60 ms each, ten times what the usual rate needs.
pub const VISITS_IN_FLIGHT_MAX: usize = 64;
/// Players of the game.
const N_PLAYERS: u32 = 500;
/// Items of the shop.
const N_ITEMS: u32 = 200;
/// The share of the shop's visits that buy.
const CHECKOUT_SHARE: f64 = 0.15;
/// A visitor's patience.
const VISIT_TIMEOUT: Duration = Duration::from_secs(5);
/// A plan that is further behind than this is dropped rather than caught up with in a burst.
const BEHIND_MAX: Duration = Duration::from_secs(1);

/// Where the edges listen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edges {
    pub(crate) web: SocketAddr,
    pub(crate) app: SocketAddr,
    pub(crate) api_client: SocketAddr,
}

/// What became of the visits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct VisitCounts {
    /// Answered with 2xx.
    pub n_good: u64,
    /// Answered otherwise, or not at all.
    pub n_bad: u64,
    /// Not made because too many were under way.
    pub n_skipped: u64,
}

/// Which edge is visited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Edge {
    Web,
    App,
    ApiClient,
}

/// One visit.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Visit {
    edge: Edge,
    method: Method,
    path: String,
    body: String,
}

impl Visit {
    /// The next visit: a fifth to the shop, the rest to the game, 55 % of it in the browser.
    fn draw(chance: &mut Chance) -> Visit {
        if chance.happens(0.2) {
            return Visit::draw_of_shop(chance);
        }
        let edge = if chance.happens(0.55) { Edge::Web } else { Edge::App };
        let player = chance.one_of(N_PLAYERS);
        let (method, path, body) = match chance.unit() {
            share if share < 0.40 => (Method::GET, format!("/profile/{player}"), String::new()),
            share if share < 0.70 => (Method::GET, "/ranking".to_owned(), String::new()),
            share if share < 0.85 => (Method::POST, "/score".to_owned(), chance.one_of(10_000).to_string()),
            _ => (Method::POST, "/login".to_owned(), format!("player {player}")),
        };
        Visit { edge, method, path, body }
    }

    fn draw_of_shop(chance: &mut Chance) -> Visit {
        let (method, path, body) = if chance.happens(CHECKOUT_SHARE) {
            (Method::POST, "/shop/checkout".to_owned(), chance.one_of(N_PLAYERS).to_string())
        } else {
            (Method::GET, format!("/shop/items/{}", chance.one_of(N_ITEMS)), String::new())
        };
        Visit { edge: Edge::ApiClient, method, path, body }
    }
}

/// The counters while visits are under way.
#[derive(Default)]
pub(crate) struct Counters {
    good: AtomicU64,
    bad: AtomicU64,
}

impl Counters {
    /// Visits that ended, well or not.
    pub(crate) fn n_made(&self) -> u64 {
        self.good.load(Ordering::Relaxed) + self.bad.load(Ordering::Relaxed)
    }
}

/// A day of the game: traffic rises and falls once in two minutes.
const TIDE: Duration = Duration::from_secs(120);
/// By which share of the mean it does.
const TIDE_SHARE: f64 = 0.35;

/// Visits a second after so long, of a mean.
fn tide(mean_per_s: f64, since_start: Duration) -> f64 {
    let turn = since_start.as_secs_f64() / TIDE.as_secs_f64() * std::f64::consts::TAU;
    mean_per_s * (1.0 + TIDE_SHARE * turn.sin())
}

/// Makes visits until told to stop, then lets those under way finish.
pub(crate) async fn run(
    edges: Edges,
    seed: u64,
    per_s: f64,
    mut stopped: watch::Receiver<bool>,
    counters: Arc<Counters>,
) -> VisitCounts {
    let mut chance = Chance::new(seed, "visits");
    let client = http_client();
    let started = Instant::now();
    let places = Arc::new(Semaphore::new(VISITS_IN_FLIGHT_MAX));
    let mut under_way = JoinSet::new();
    let mut n_skipped = 0;
    let mut next_at = Instant::now();
    loop {
        next_at = (next_at + chance.gap(tide(per_s, next_at.saturating_duration_since(started))))
            .max(Instant::now() - BEHIND_MAX);
        tokio::select! {
            () = sleep_until(next_at) => {}
            // An error means the demo is gone: a reason to stop as well.
            _ = stopped.wait_for(|is_stopped| *is_stopped) => break,
        }
        // Drawn in any case, so that a busy moment does not change the course of the visits after it.
        let visit = Visit::draw(&mut chance);
        match places.clone().try_acquire_owned() {
            Err(_) => n_skipped += 1,
            Ok(place) => {
                let (client, counters) = (client.clone(), counters.clone());
                under_way.spawn(async move {
                    let is_good = make(visit, edges, &client).await;
                    let counter = if is_good { &counters.good } else { &counters.bad };
                    counter.fetch_add(1, Ordering::Relaxed);
                    drop(place);
                });
            }
        }
        while under_way.try_join_next().is_some() {}
    }
    while under_way.join_next().await.is_some() {}
    VisitCounts {
        n_good: counters.good.load(Ordering::Relaxed),
        n_bad: counters.bad.load(Ordering::Relaxed),
        n_skipped,
    }
}

/// Makes one visit; true when it was answered well.
async fn make(visit: Visit, edges: Edges, client: &HttpClient) -> bool {
    let address = match visit.edge {
        Edge::Web => edges.web,
        Edge::App => edges.app,
        Edge::ApiClient => edges.api_client,
    };
    let request = Request::builder()
        .method(visit.method)
        .uri(format!("http://{address}{}", visit.path))
        .body(Full::new(Bytes::from(visit.body)));
    let Ok(request) = request else { return false };
    let exchange = async {
        let response = client.request(request).await.ok()?;
        let status = response.status();
        response.into_body().collect().await.ok()?;
        Some(status.is_success())
    };
    timeout(VISIT_TIMEOUT, exchange).await.ok().flatten().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(seed: u64, n: usize) -> Vec<Visit> {
        let mut chance = Chance::new(seed, "visits");
        (0..n).map(|_| Visit::draw(&mut chance)).collect()
    }

    #[test]
    fn one_seed_gives_one_course_of_visits() {
        assert_eq!(draw(3, 50), draw(3, 50));
        assert_ne!(draw(3, 50), draw(4, 50));
    }

    #[test]
    fn traffic_rises_and_falls_around_its_mean() {
        let at = |seconds: u64| tide(80.0, Duration::from_secs(seconds)).round();
        assert_eq!([0, 30, 60, 90, 120].map(at), [80.0, 108.0, 80.0, 52.0, 80.0]);
    }

    #[test]
    fn every_path_gets_its_share() {
        let visits = draw(1, 10_000);
        let check = |edge: Edge, start: &str, expect: std::ops::Range<usize>| {
            let n = visits.iter().filter(|visit| visit.edge == edge && visit.path.starts_with(start)).count();
            assert!(expect.contains(&n), "{edge:?} {start}: {n}");
        };
        check(Edge::ApiClient, "/shop/items/", 1_560..1_840);
        check(Edge::ApiClient, "/shop/checkout", 250..350);
        check(Edge::Web, "/profile/", 1_600..1_920);
        check(Edge::Web, "/login", 580..740);
        check(Edge::App, "/ranking", 980..1_180);
        check(Edge::App, "/score", 470..620);
    }
}
