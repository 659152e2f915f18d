//! What stands before all paths: spans go straight to the collector, everything else on to the router.

use crate::methods;
use crate::origins::{Origins, narrow};
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use nines_collect::{Collector, Door, Doors, grpc};
use std::error::Error;
use std::fmt::Display;
use std::net::SocketAddr;
use std::sync::Arc;
use tower::Service;

/// A whole server: every request gets its answer here.
pub struct Front {
    collector: Arc<Collector>,
    doors: Doors,
    origins: Origins,
    paths: Router,
}

impl Front {
    /// In front of `paths`, which know the paths of doors too: their other methods, for one.
    pub(crate) fn new(collector: Arc<Collector>, doors: Doors, origins: Origins, paths: Router) -> Front {
        Front { collector, doors, origins, paths }
    }

    /// Answers a request that came from `peer`; from none, where this process asks itself.
    pub async fn answer<B>(&self, request: http::Request<B>, peer: Option<SocketAddr>) -> Response
    where
        B: HttpBody<Data = Bytes, Error: Display + Into<Box<dyn Error + Send + Sync>>> + Unpin + Send + 'static,
    {
        match &self.origins {
            Origins::Any => self.answer_any(request, peer).await,
            Origins::These(origins) => {
                let origin = request.headers().get(header::ORIGIN).cloned();
                let mut response = self.answer_any(request, peer).await;
                narrow(origins, origin, response.headers_mut());
                response
            }
        }
    }

    async fn answer_any<B>(&self, mut request: http::Request<B>, peer: Option<SocketAddr>) -> Response
    where
        B: HttpBody<Data = Bytes, Error: Display + Into<Box<dyn Error + Send + Sync>>> + Unpin + Send + 'static,
    {
        match Door::of(&request) {
            Some(door) if self.doors.are_open(door) => {
                let mut response = door.take(&self.collector, request).await;
                dress(response.headers_mut());
                response
            }
            // A client of gRPC takes a page for a broken message.
            _ if grpc::is_call(request.version(), request.headers()) => grpc::unimplemented(request.uri().path()),
            Some(_) => methods::not_found(request.method(), request.uri().path()),
            None => {
                if let Some(peer) = peer {
                    request.extensions_mut().insert(ConnectInfo(peer));
                }
                self.route(request.map(Body::new)).await
            }
        }
    }

    async fn route(&self, request: Request) -> Response {
        // A router is always ready and answers every request; its error type has no values.
        let Ok(response) = self.paths.clone().call(request).await;
        response
    }
}

/// What the layers around the collector's routes add to an answer.
fn dress(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("grpc-status,grpc-message"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::router::{around_all, zipkin_cors};
    use axum::http::StatusCode;
    use axum::response::IntoResponse;
    use axum::routing::post;

    #[test]
    fn a_door_answers_with_the_headers_that_the_layers_of_its_path_add() {
        let routed = Router::new().route("/", post(|| async { StatusCode::ACCEPTED })).layer(zipkin_cors());
        let request = Request::post("/").body(Body::empty()).expect("a request");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let by_layers = runtime.block_on(around_all(routed).call(request)).expect("every request is answered");
        let mut by_door = StatusCode::ACCEPTED.into_response();
        dress(by_door.headers_mut());
        let sorted = |response: &Response| {
            let mut headers: Vec<_> =
                response.headers().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            headers.retain(|(name, _)| name != header::CONTENT_LENGTH);
            headers.sort_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
            headers
        };
        assert_eq!(sorted(&by_door), sorted(&by_layers));
    }
}
