//! A server of pages, as the sandbox has it, with a decoder that only repeats what it is given.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use booking_errors::Provider;
use booking_errors_sandbox::page::{content_security_policy, page, page_of};
use tokio::net::TcpListener;

/// Starts a server with the page at `/`, and at `/file` the page as a file that has no header; returns its address.
pub async fn pages() -> String {
    let routes = Router::new()
        .route("/", get(async || with_policy(page(true))))
        .route("/file", get(async || Html(page(false))))
        .route("/_decode", post(decode));
    start(routes).await
}

/// Starts a server with the page of one provider at `/`.
pub async fn pages_of(provider: &'static Provider) -> String {
    start(Router::new().route("/", get(async move || with_policy(page_of(&[provider], true))))).await
}

async fn start(routes: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, routes).await });
    format!("http://{address}")
}

fn with_policy(page: String) -> impl IntoResponse {
    ([(CONTENT_SECURITY_POLICY, content_security_policy())], Html(page))
}

async fn decode(text: String) -> (StatusCode, String) {
    if text.starts_with("HTTP/") {
        (StatusCode::OK, format!("decoded: {text}"))
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "no status line".to_owned())
    }
}
