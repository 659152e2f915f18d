//! The shop: `api-client` shows items on a page, `user` knows who has which, `item` knows what they are.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

use crate::DemoError;
use crate::chance::{Tempo, tempo};
use crate::game::{json, pass};
use crate::host::Host;
use crate::peer::Peer;
use crate::stage::{Opened, Stage};

const PAGE_RENDER: Tempo = tempo(4.0, 0.4);
const USER_READ: Tempo = tempo(8.0, 0.4);
const ITEM_READ: Tempo = tempo(10.0, 0.5);

/// Players who own items of the shop.
const N_OWNERS: u32 = 50;

/// Opens the shop's three services, callees first, and returns the edge's address.
pub(crate) async fn open(stage: &mut Stage) -> Result<SocketAddr, DemoError> {
    let item = stage.open("item", "1.8.4", item).await?;
    let user = stage.open("user", "2.3.1", |host| user(host, &item)).await?;
    let api_client = stage.open("api-client", "1.1.0", |host| api_client(host, &user)).await?;
    Ok(api_client.address)
}

fn item(host: &Arc<Host>) -> Router {
    Router::new().route("/items/{id}", get(read_item)).with_state(host.clone())
}

async fn read_item(State(host): State<Arc<Host>>, Path(id): Path<u32>) -> Response {
    host.work(ITEM_READ).await;
    json(format!(r#"{{"id":{id},"name":"item {id}","coins":{}}}"#, id % 90 * 10 + 50))
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
    Router::new().route("/users/{id}/items", get(read_user_items)).with_state(Asking::new(host, item))
}

async fn read_user_items(State(user): State<Arc<Asking>>, Path(id): Path<u32>) -> Response {
    user.host.work(USER_READ).await;
    pass(&user.host, user.callee.get(format!("/items/{}", id * 7)).await)
}

fn api_client(host: &Arc<Host>, user: &Opened) -> Router {
    Router::new().route("/shop/items/{id}", get(show_item)).with_state(Asking::new(host, user))
}

async fn show_item(State(page): State<Arc<Asking>>, Path(id): Path<u32>) -> Response {
    page.host.work(PAGE_RENDER).await;
    pass(&page.host, page.callee.get(format!("/users/{}/items", id % N_OWNERS + 1)).await)
}
