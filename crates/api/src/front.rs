//! What stands before all paths: spans go straight to the collector, everything else on to the router.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use nines_collect::Collector;
use nines_collect::http::Door;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::Service;

/// The service before the router.
#[derive(Clone)]
pub(crate) struct Front {
    collector: Arc<Collector>,
    paths: Router,
}

impl Front {
    /// In front of `paths`, which know the collector's paths too: their other methods, for one.
    pub fn new(collector: Arc<Collector>, paths: Router) -> Front {
        Front { collector, paths }
    }
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // Routers and doors are always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Some(door) = Door::of(&request) else { return Box::pin(self.paths.call(request)) };
        let collector = self.collector.clone();
        Box::pin(async move {
            let mut response = door.take(&collector, request).await;
            dress(response.headers_mut());
            Ok(response)
        })
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
    use axum::body::Body;
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
