//! A headless chromium, driven through chromedriver.

use std::future::Future;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::panic::resume_unwind;
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::Once;
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::Url;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

/// With this variable in the environment a test fails if there is no browser. CI sets it.
const REQUIRED: &str = "BROWSER_REQUIRED";

/// A browser needs much memory, so only some run at once.
static FREE: Semaphore = Semaphore::const_new(2);

/// Keys that no text can name.
pub const ENTER: &str = "\u{e007}";
pub const ESCAPE: &str = "\u{e00c}";
pub const UP: &str = "\u{e013}";
pub const DOWN: &str = "\u{e015}";

/// A tab of the browser, on a server of pages.
#[derive(Clone)]
pub struct Tab {
    client: Client,
    url: String,
}

/// Runs a test in a browser of its own, which ends with it. Fails if the page wrote to the console.
pub async fn in_browser<F>(url: String, test: impl FnOnce(Tab) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let complaints = complaints_of(url, test).await;
    assert_eq!(complaints.unwrap_or_default(), Vec::<String>::new());
}

/// Runs a test in a browser of its own, and returns what the page wrote to the console; `None` if there is no
/// browser.
pub async fn complaints_of<F>(url: String, test: impl FnOnce(Tab) -> F) -> Option<Vec<String>>
where
    F: Future<Output = ()> + Send + 'static,
{
    let _one_of_few = FREE.acquire().await.unwrap();
    let (driver, address) = start_driver().map_err(|problem| leave_out(&problem)).ok()?;
    let profile = tempfile::tempdir().unwrap();
    let mut arguments = vec![format!("--user-data-dir={}", profile.path().display())];
    arguments.extend(ARGUMENTS.map(str::to_owned));
    let wanted = json!({
        "goog:chromeOptions": {"args": arguments},
        "goog:loggingPrefs": {"browser": "ALL"},
    });
    let connected = ClientBuilder::new(HttpConnector::new())
        .capabilities(wanted.as_object().unwrap().clone())
        .connect(&address)
        .await;
    let client = connected.map_err(|error| leave_out(&format!("cannot start chromium: {error}"))).ok()?;
    let tab = Tab { client, url };
    // as a task of its own, so that the browser ends after a panic too
    let outcome = tokio::spawn(test(tab.clone())).await;
    let complaints = tab.complaints().await;
    tab.client.close().await.unwrap();
    drop(driver);
    match outcome {
        Ok(()) => Some(complaints),
        Err(error) => resume_unwind(error.into_panic()),
    }
}

const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
];

/// Chromedriver; it ends with its handle.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// Starts chromedriver on a free port, and returns its address, or why it does not start.
fn start_driver() -> Result<(Driver, String), String> {
    let mut command = Command::new("chromedriver");
    let started = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut driver = Driver(started.map_err(|error| format!("cannot start chromedriver: {error}"))?);
    let mut lines = BufReader::new(driver.0.stdout.take().unwrap()).lines().map_while(Result::ok);
    let said = lines.find(|line| line.contains("successfully on port "));
    let said = said.ok_or("chromedriver does not say its port")?;
    let port = said.rsplit(' ').next().unwrap().trim_end_matches('.').to_owned();
    // chromedriver ends if it cannot write
    std::thread::spawn(move || lines.for_each(drop));
    Ok((driver, format!("http://127.0.0.1:{port}")))
}

/// Says once that there is no browser; fails where there must be one.
fn leave_out(problem: &str) {
    static SAY: Once = Once::new();
    assert!(std::env::var_os(REQUIRED).is_none(), "{problem}");
    // not `eprintln!`: what that writes is shown only if a test fails
    SAY.call_once(|| {
        let _ = writeln!(
            io::stderr(),
            "left out: the tests of the page, which need chromium and chromedriver: {problem}"
        );
    });
}

impl Tab {
    /// Opens a path of the server, as a new page.
    pub async fn open(&self, path: &str) {
        self.client.goto("about:blank").await.unwrap();
        self.client.goto(&format!("{}{path}", self.url)).await.unwrap();
        // on a busy machine the driver may take the blank page for the new one
        self.wait_until("location.href !== 'about:blank' && document.readyState === 'complete'").await;
    }

    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    pub async fn click(&self, selector: &str) {
        self.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
    }

    /// Sets the text of a field, as by typing it.
    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.client.find(Locator::Css(selector)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses keys one after the other, whatever has the focus.
    pub async fn press(&self, keys: &str) {
        let pressed = keys.chars().fold(KeyActions::new("keyboard".to_owned()), |actions, value| {
            actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(pressed).await.unwrap();
    }

    /// Returns what an expression of JavaScript gives.
    pub async fn value(&self, expression: &str) -> Value {
        self.client.execute(&format!("return {expression}"), Vec::new()).await.unwrap()
    }

    /// Waits until an expression is true; fails if it never is.
    pub async fn wait_until(&self, expression: &str) {
        for _ in 0..200 {
            if self.value(&format!("Boolean({expression})")).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it never came true: {expression}");
    }

    /// Returns the texts of all elements that fit.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let list = format!("[...document.querySelectorAll({selector:?})].map((one) => one.textContent)");
        serde_json::from_value(self.value(&list).await).unwrap()
    }

    /// Returns the text of the one element that fits.
    pub async fn text(&self, selector: &str) -> String {
        let mut texts = self.texts(selector).await;
        assert_eq!(texts.len(), 1, "{selector}");
        texts.remove(0)
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn command(&self, name: &str, parameters: Value) -> Value {
        self.issue("goog/cdp/execute", json!({"cmd": name, "params": parameters})).await
    }

    async fn complaints(&self) -> Vec<String> {
        let entries = self.issue("se/log", json!({"type": "browser"})).await;
        entries.as_array().unwrap().iter().map(|entry| entry["message"].to_string()).collect()
    }

    async fn issue(&self, path: &'static str, body: Value) -> Value {
        self.client.issue_cmd(Own { path, body }).await.unwrap()
    }
}

/// A command of chromedriver's own.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
