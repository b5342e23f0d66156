//! The answer of WordPress's `batch/v1`: `{"failed"?, "responses": [{body, status, headers} | null]}`. The spec
//! does not name it; this is what the crates promise of it in their own tests, with the spec's rules for each
//! call.

use super::super::answer::Item;
use super::super::bulk::Bulk;
use super::super::json::Json;
use super::shapes::alone;
use super::{Response, http_status, is_made, one};

/// Only the outermost is searched.
pub fn read(response: &Response<'_>) -> Bulk {
    let mut bulk = Bulk::default();
    // "failed": "validation": one call was refused, and none was carried out
    let was_refused = response.root.at("failed").text().as_deref() == Some("validation");
    for (at, entry) in response.root.at("responses").items().iter().enumerate() {
        let root = entry.at("body");
        let status = http_status(entry.at("status")).or(http_status(root.at("data").at("status")));
        match (entry, status) {
            (Json::Null, _) => bulk.is_undetailed |= !was_refused,
            (Json::Broken(_), _) | (_, None) => bulk.is_undetailed = true,
            (_, Some(status)) => {
                let call = Response {
                    status,
                    inner: entry.at("headers"),
                    outer: &[],
                    date: response.date.clone(),
                    root,
                    is_cut: false,
                    is_cut_success: false,
                    text: alone(root),
                    body: None,
                    is_made: is_made(root),
                    challenge: None,
                    is_no_success: false,
                    ..*response
                };
                let error = one(&call);
                if error.is_clean {
                    bulk.succeeded = true;
                } else {
                    let item = Item { index: Some(at as u64), id: None, error };
                    bulk.failed.push((format!("responses[{at}]"), item));
                }
            }
        }
    }
    let is_begun = !response.root.at("responses").items().is_empty();
    bulk.is_undetailed |= response.is_cut && is_begun;
    if was_refused {
        // the refused one may be cut off
        let is_batch = response.is_cut || response.root.get("responses").is_some();
        bulk.is_undetailed |= is_batch && (response.is_cut || bulk.failed.is_empty());
        // "a 2xx JSON value that breaks off is always effect `unknown`"
        bulk.was_not_run = is_batch && !bulk.succeeded && !response.is_cut;
    }
    bulk
}
