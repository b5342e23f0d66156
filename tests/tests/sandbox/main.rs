//! The sandbox over real connections: what it answers, what it books, how it breaks off, and what it survives.

mod answers;
mod books;
mod bounds;
mod faults;
mod scripts;
mod wire;

use booking_errors_sandbox::{Act, Sandbox};
use reqwest::{Client, Method, Response};
use serde_json::Value;

/// The names of all providers.
fn providers() -> impl Iterator<Item = &'static str> {
    booking_errors::providers().iter().map(|provider| provider.name())
}

fn act(name: &str) -> Act {
    name.parse().unwrap_or_else(|error| panic!("{error}"))
}

async fn call(sandbox: &Sandbox, method: Method, path: &str, body: &str) -> Response {
    let url = format!("{}/{path}", sandbox.url());
    client().request(method, url).body(body.to_owned()).send().await.unwrap()
}

async fn post(sandbox: &Sandbox, path: &str, body: &str) -> Response {
    call(sandbox, Method::POST, path, body).await
}

async fn get(sandbox: &Sandbox, path: &str) -> Response {
    call(sandbox, Method::GET, path, "").await
}

async fn json(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

/// A client that follows no redirects and sends nothing twice.
fn client() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .unwrap()
}
