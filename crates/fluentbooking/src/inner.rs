//! Responses inside a response: the one that a call with `?_envelope` gets, and those of a batch.

use std::borrow::Cow;
use std::time::Duration;

use booking_errors_core::RawResponse;
use booking_errors_core::decode::document::Document;
use booking_errors_core::decode::json::{Arena, Reader, Shape, Value};
use booking_errors_core::decode::{Bulk, Draft, Place, first};
use booking_errors_core::text::first_of_list;

use crate::PROVIDER;
use crate::body::{self, Body};
use crate::data::http_status;

type Text<'a> = Option<&'a str>;

/// `{"body", "status", "headers"}`: the response to a call with `?_envelope`, in which the inner response counts.
#[derive(Default)]
pub(crate) struct Wrapped<'a> {
    body: Option<&'a [u8]>,
    status: Option<u16>,
    headers: Option<&'a [u8]>,
}

impl<'a> Wrapped<'a> {
    pub(crate) fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "body" if matches!(value.shape(), Shape::Object | Shape::List) => self.body = Some(value.raw()),
            // a text that breaks off counts as missing
            "body" => self.body = Some(value.whole().unwrap_or_default()),
            "status" => self.status = value.text().and_then(http_status),
            "headers" => self.headers = Some(value.raw()),
            _ => {}
        }
    }

    /// Returns the inner response, if the outer one is a success that has all three members, or is cut.
    pub(crate) fn response(&self, is_success: bool, is_cut: bool, arena: &'a Arena) -> Option<Inner<'a>> {
        let is_whole = self.body.is_some() && (self.headers.is_some() || is_cut);
        let status = self.status.filter(|_| is_whole && is_success)?;
        Some(self.inner(status, arena))
    }

    /// Returns the response to one call of a batch. Without a status of its own, it has the one in its body.
    fn answer(&self, arena: &'a Arena) -> Option<Inner<'a>> {
        if self.status.is_none() && self.body.is_none() {
            return None;
        }
        let inner = self.inner(self.status.unwrap_or_default(), arena);
        let data_status = inner.document.root.data.as_ref().and_then(|data| data.status);
        Some(Inner { status: first([self.status, data_status])?, ..inner })
    }

    fn inner(&self, status: u16, arena: &'a Arena) -> Inner<'a> {
        let document = Document::read(self.body.unwrap_or_default(), arena);
        Inner { document, status, headers: self.headers.unwrap_or_default() }
    }
}

/// A response inside another one.
pub(crate) struct Inner<'a> {
    pub(crate) document: Document<'a, Body<'a>>,
    status: u16,
    /// The JSON of its headers.
    headers: &'a [u8],
}

impl<'a> Inner<'a> {
    /// Drafts the answer of `outer`, whose date its `Retry-After` counts from.
    pub(crate) fn draft(&mut self, outer: &RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
        let (retry_after, request_id) = self.said_by_headers(outer, arena);
        let draft = body::draft(&mut self.document, self.status, outer, arena);
        Draft { retry_after: first([draft.retry_after, retry_after]), request_id, ..draft }
    }

    /// Notes what became of a call of a batch.
    fn add_to(mut self, bulk: &mut Bulk<'a>, index: u64, outer: &RawResponse<'_>, arena: &'a Arena) {
        let response = RawResponse::new(self.status, b"");
        let (retry_after, request_id) = self.said_by_headers(outer, arena);
        let draft = self.document.root.own_draft(self.status, self.document.message);
        if draft.is_success(&response) {
            bulk.succeeded();
        } else {
            let draft = Draft { retry_after, request_id, ..draft };
            let place = Place { list: "responses", index: Some(index), id: None };
            bulk.failed(place, &PROVIDER, self.status, draft);
        }
    }

    /// Returns what the headers say: how long to wait, and the request id.
    fn said_by_headers(
        &self,
        outer: &RawResponse<'_>,
        arena: &'a Arena,
    ) -> (Option<Duration>, Option<Cow<'a, str>>) {
        let retry_after = self.header("retry-after", arena);
        let request_id = self.header("x-request-id", arena);
        (
            retry_after.and_then(|value| outer.parse_retry_after(value.trim())),
            request_id.and_then(first_of_list).map(Into::into),
        )
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
                if bulk.failures() == 0 {
                    bulk.undetailed();
                }
            }
            false if has_nulls || (is_cut && has_statuses) => bulk.undetailed(),
            _ => {}
        }
        bulk.into_draft()
    }
}
