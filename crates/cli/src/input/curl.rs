//! What `curl -i` prints: one or several heads, then a body. HTTPie prints the same without `-v`.

use super::Exchange;
use super::head::Head;
use super::httpie::without_meta;

/// Reads a response with its head. If there are several heads, as after redirects and `100 Continue`, the last one counts.
pub fn read(text: &[u8]) -> Option<Exchange> {
    let (head, body) = Head::read_last(without_meta(text))?;
    let mut exchange = Exchange::of_head(head, body.to_vec());
    exchange.expect_body();
    Some(exchange)
}
