//! The shop: `api-client` shows items on a page and sells them, `user` knows who has which, `item` knows what they
//! are and how many are left.
//!
//! Now and then the stock is counted, and whoever checks out meanwhile waits for it, three services away. Nothing
//! fails: it is slow, and only a trace tells where.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use http::StatusCode;
use nines_sleuth::tag;

use crate::DemoError;
use crate::chance::{Tempo, tempo};
use crate::game::{json, pass};
use crate::host::Host;
use crate::peer::Peer;
use crate::stage::{Opened, Stage};

const PAGE_RENDER: Tempo = tempo(4.0, 0.4);
const USER_READ: Tempo = tempo(8.0, 0.4);
const ITEM_READ: Tempo = tempo(10.0, 0.5);
const ORDER_WRITE: Tempo = tempo(14.0, 0.4);
const RESERVATION_WRITE: Tempo = tempo(12.0, 0.4);
/// What a reservation waits for while the stock is counted: a visitor notices, and no caller gives up.
const COUNTING: Tempo = tempo(1_200.0, 0.1);

/// When the stock is first counted: soon, so that a demo that has just begun has slow checkouts to look for.
const COUNT_FIRST_AFTER: Duration = Duration::from_secs(10);
/// From the start of one count to the next.
const COUNT_EVERY: Duration = Duration::from_secs(180);
/// How long the stock is counted.
const COUNT_LASTS: Duration = Duration::from_secs(20);

/// Players who own items of the shop.
const N_OWNERS: u32 = 50;

/// Opens the shop's three services, callees first, and returns the edge's address.
pub(crate) async fn open(stage: &mut Stage) -> Result<SocketAddr, DemoError> {
    let item = stage.open("item", "1.8.4", item).await?;
    let user = stage.open("user", "2.3.1", |host| user(host, &item)).await?;
    let api_client = stage.open("api-client", "1.1.0", |host| api_client(host, &user)).await?;
    Ok(api_client.address)
}

/// What is for sale.
struct Stock {
    host: Arc<Host>,
    opened_at: Instant,
}

fn item(host: &Arc<Host>) -> Router {
    let stock = Stock { host: host.clone(), opened_at: Instant::now() };
    Router::new()
        .route("/items/{id}", get(read_item))
        .route("/items/{id}/reservations", post(reserve_item))
        .with_state(Arc::new(stock))
}

async fn read_item(State(stock): State<Arc<Stock>>, Path(id): Path<u32>) -> Response {
    stock.host.work(ITEM_READ).await;
    json(format!(r#"{{"id":{id},"name":"item {id}","coins":{}}}"#, id % 90 * 10 + 50))
}

async fn reserve_item(State(stock): State<Arc<Stock>>, Path(id): Path<u32>) -> Response {
    if is_counted(stock.opened_at.elapsed()) {
        let began = Instant::now();
        stock.host.work(COUNTING).await;
        tag("stock.wait_ms", began.elapsed().as_millis());
    }
    stock.host.work(RESERVATION_WRITE).await;
    json(format!(r#"{{"item":{id}}}"#))
}

/// Whether the stock is counted so long after the shop opened.
fn is_counted(open_for: Duration) -> bool {
    open_for
        .checked_sub(COUNT_FIRST_AFTER)
        .is_some_and(|since_first| since_first.as_millis() % COUNT_EVERY.as_millis() < COUNT_LASTS.as_millis())
}

/// A service that works a little and then asks one other.
struct Asking {
    host: Arc<Host>,
    callee: Peer,
}

impl Asking {
    fn new(host: &Arc<Host>, callee: &Opened) -> Arc<Asking> {
        Arc::new(Asking { host: host.clone(), callee: Peer::new(host, callee.host.name, callee.address) })
    }
}

fn user(host: &Arc<Host>, item: &Opened) -> Router {
    Router::new()
        .route("/users/{id}/items", get(read_user_items))
        .route("/users/{id}/orders", post(order_item))
        .with_state(Asking::new(host, item))
}

async fn read_user_items(State(user): State<Arc<Asking>>, Path(id): Path<u32>) -> Response {
    user.host.work(USER_READ).await;
    pass(&user.host, user.callee.get(format!("/items/{}", id * 7)).await)
}

async fn order_item(State(user): State<Arc<Asking>>, Path(id): Path<u32>) -> Response {
    user.host.work(ORDER_WRITE).await;
    pass(&user.host, user.callee.post(format!("/items/{}/reservations", id * 7), Bytes::new()).await)
}

fn api_client(host: &Arc<Host>, user: &Opened) -> Router {
    Router::new()
        .route("/shop/items/{id}", get(show_item))
        .route("/shop/checkout", post(check_out))
        .with_state(Asking::new(host, user))
}

async fn show_item(State(page): State<Arc<Asking>>, Path(id): Path<u32>) -> Response {
    page.host.work(PAGE_RENDER).await;
    pass(&page.host, page.callee.get(format!("/users/{}/items", id % N_OWNERS + 1)).await)
}

/// The body is who buys.
async fn check_out(State(page): State<Arc<Asking>>, body: Bytes) -> Response {
    let owner = std::str::from_utf8(&body).ok().and_then(|text| text.trim().parse::<u32>().ok());
    let Some(owner) = owner else {
        return page.host.fail(StatusCode::BAD_REQUEST, "an owner is a number");
    };
    page.host.work(PAGE_RENDER).await;
    pass(&page.host, page.callee.post(format!("/users/{}/orders", owner % N_OWNERS + 1), Bytes::new()).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_is_counted_soon_and_again_and_not_in_between() {
        let at = |seconds| is_counted(Duration::from_secs(seconds));
        assert_eq!(
            [0, 9, 10, 29, 30, 189, 190, 209, 210].map(at),
            [false, false, true, true, false, false, true, true, false]
        );
    }
}
