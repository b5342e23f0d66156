//! Responses inside a response: the one that a call with `?_envelope` gets, and those of a batch.

use booking_errors_core::RawResponse;
use booking_errors_core::decode::document::Document;
use booking_errors_core::decode::json::{Arena, Reader, Shape, Value};
use booking_errors_core::decode::{Bulk, Draft, Place, first, is_success};
use booking_errors_core::text::first_of_list;

use crate::PROVIDER;
use crate::answer::{Answer, LIMIT_HEADERS};
use crate::body::Body;
use crate::data::http_status;

type Text<'a> = Option<&'a str>;

/// A body that is not there says nothing, whereas an empty one is that of a program that ended too early.
const MISSING: &[u8] = b"{}";

/// `{"body", "status", "headers"}`: the response to a call with `?_envelope`, in which the inner response counts.
#[derive(Default)]
pub(crate) struct Wrapped<'a> {
    body: Option<&'a [u8]>,
    has_status: bool,
    /// The status, if it is one of HTTP.
    status: Option<u16>,
    headers: Option<&'a [u8]>,
}

impl<'a> Wrapped<'a> {
    pub(crate) fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "body" if matches!(value.shape(), Shape::Object | Shape::List) => self.body = Some(value.raw()),
            // a text that breaks off counts as missing
            "body" => self.body = Some(value.whole().unwrap_or(MISSING)),
            "status" => {
                self.has_status = true;
                self.status = value.text().and_then(http_status);
            }
            "headers" => self.headers = Some(value.raw()),
            _ => {}
        }
    }

    /// Returns the inner response, if the outer one with the status `outer` is a success that has all three members, or is
    /// cut.
    pub(crate) fn response(&self, outer: u16, is_cut: bool, arena: &'a Arena) -> Option<Inner<'a>> {
        let is_whole = self.body.is_some() && self.has_status && (self.headers.is_some() || is_cut);
        // what is no status of HTTP says nothing
        (is_whole && is_success(outer)).then(|| self.inner(self.status.unwrap_or(outer), arena))
    }

    /// Returns the response to one call of a batch. Without a status of its own, it has the one in its body.
    fn answer(&self, arena: &'a Arena) -> Option<Inner<'a>> {
        if self.status.is_none() && self.body.is_none() {
            return None;
        }
        let inner = self.inner(self.status.unwrap_or_default(), arena);
        let data_status = inner.document.root.data.status;
        Some(Inner { status: first([self.status, data_status])?, ..inner })
    }

    fn inner(&self, status: u16, arena: &'a Arena) -> Inner<'a> {
        let bytes = self.body.unwrap_or(MISSING);
        let document = Document::read(bytes, arena);
        Inner { document, bytes, status, headers: self.headers.unwrap_or_default() }
    }
}

/// A response inside another one.
pub(crate) struct Inner<'a> {
    pub(crate) document: Document<'a, Body<'a>>,
    bytes: &'a [u8],
    status: u16,
    /// The JSON of its headers.
    headers: &'a [u8],
}

impl<'a> Inner<'a> {
    /// Drafts the answer of `outer`, whose date its `Retry-After` counts from.
    pub(crate) fn draft(&mut self, outer: &RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
        let draft = self.answer(arena).draft(&mut self.document, outer, arena);
        let draft = self.with_headers(draft.read_from(&self.document), outer, arena);
        Draft { is_inner: true, ..draft }
    }

    /// Notes what became of a call of a batch.
    fn add_to(mut self, bulk: &mut Bulk<'a>, index: u64, outer: &RawResponse<'_>, arena: &'a Arena) {
        let response = RawResponse::new(self.status, b"");
        let draft = self.answer(arena).own_draft(&mut self.document).read_from(&self.document);
        if draft.is_success(&response) {
            bulk.succeeded();
        } else {
            let draft = self.with_headers(draft, outer, arena);
            let place = Place { list: "responses", index: Some(index), id: None };
            bulk.failed(place, &PROVIDER, self.status, draft);
        }
    }

    fn answer(&self, arena: &'a Arena) -> Answer<'a> {
        let has_limit = LIMIT_HEADERS.iter().all(|header| self.header(header, arena).is_some());
        Answer { status: self.status, bytes: self.bytes, has_limit, is_inner: true }
    }

    /// Adds what the headers say: how long to wait, and the request id. Delays count from the date of `outer`.
    fn with_headers(&self, draft: Draft<'a>, outer: &RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
        let wait = self.header("retry-after", arena);
        let wait = wait.and_then(|value| outer.parse_retry_after(value.trim()));
        let mut headers = Vec::new();
        Reader::new(self.headers, arena).root().members(|name, value| {
            headers.extend(value.text().map(|value| (name, value)));
        });
        let request_id = self.header("x-request-id", arena).and_then(first_of_list);
        Draft {
            retry_after: first([draft.retry_after, wait]),
            limit_reset: outer.rate_limit_reset_in(&headers),
            request_id: request_id.map(Into::into),
            ..draft
        }
    }

    fn header(&self, wanted: &str, arena: &'a Arena) -> Text<'a> {
        let mut text = None;
        Reader::new(self.headers, arena).root().members(|name, value| {
            if name.eq_ignore_ascii_case(wanted) {
                value.text_into(&mut text);
            }
        });
        text
    }
}

/// `{"failed", "responses": [{"body", "status", "headers"} | null]}`: the response of `batch/v1`, with the status 207.
#[derive(Default)]
pub(crate) struct Batch<'a> {
    pub(crate) failed: Text<'a>,
    /// The JSON of the list. It is read only for the outermost response, so that batches in batches cost nothing.
    pub(crate) responses: &'a [u8],
}

impl<'a> Batch<'a> {
    pub(crate) fn has_responses(&self, arena: &'a Arena) -> bool {
        let mut has_responses = false;
        Reader::new(self.responses, arena).root().items(|item| {
            let mut wrapped = Wrapped::default();
            item.members(|name, value| wrapped.read_member(name, value));
            has_responses |= wrapped.status.is_some() && wrapped.body.is_some();
        });
        has_responses
    }

    /// Drafts the answer to a batch; `None` if none of its calls failed.
    pub(crate) fn draft(&self, is_cut: bool, outer: &RawResponse<'_>, arena: &'a Arena) -> Option<Draft<'a>> {
        let mut bulk = Bulk::default();
        let mut index = 0;
        let (mut has_nulls, mut has_statuses) = (false, false);
        Reader::new(self.responses, arena).root().items(|item| {
            let is_null = item.shape() == Shape::Null;
            let mut wrapped = Wrapped::default();
            let is_whole = item.members(|name, value| wrapped.read_member(name, value));
            match wrapped.answer(arena).filter(|_| is_whole) {
                Some(inner) => {
                    has_statuses = true;
                    inner.add_to(&mut bulk, index, outer, arena);
                }
                None if is_null && is_whole => has_nulls = true,
                None => bulk.undetailed(),
            }
            index += 1;
        });
        match self.failed == Some("validation") {
            // the site refused one of the calls, so it ran none of them
            true if is_cut || !self.responses.is_empty() => {
                bulk.not_run();
                if is_cut || bulk.failures() == 0 {
                    bulk.undetailed();
                }
            }
            false if has_nulls || (is_cut && has_statuses) => bulk.undetailed(),
            _ => {}
        }
        bulk.into_draft()
    }
}
