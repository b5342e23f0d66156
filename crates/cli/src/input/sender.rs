//! What the URL of a call tells.

use std::borrow::Cow;

use booking_errors::{Provider, provider};

/// The hosts of providers that serve nothing else.
///
/// - Wix: <https://dev.wix.com/docs/rest>
/// - Guesty: <https://booking-api-docs.guesty.com>, in its guides under two names
const HOSTS: [(&str, &str); 3] =
    [("www.wixapis.com", "wix"), ("booking.guesty.com", "guesty"), ("booking-api.guesty.com", "guesty")];

/// FluentBooking lives on its owner's host, below this route of WordPress, or behind `admin-ajax.php` with an action of one
/// of these names: the plugin registers them so.
const ROUTE: &str = "/fluent-booking/";
const ACTIONS: [&str; 3] = ["fluent_cal_", "fcal_", "fluent_booking_"];

/// Returns the provider that a call went to, if its URL shows it; `form` is what it sent.
pub fn of(url: &str, form: &[u8]) -> Option<&'static Provider> {
    let (place, query) = match url.split_once('?') {
        Some((place, query)) => (place, query.split('#').next().unwrap_or_default()),
        None => (url.split('#').next().unwrap_or_default(), ""),
    };
    let (host, path) = split(place).map_or(("", place), |(_, host, path)| (without_port(host), path));
    if let Some((_, name)) = HOSTS.iter().find(|(known, _)| host.eq_ignore_ascii_case(known)) {
        return provider(name);
    }
    let is_route = || {
        let route = value_of("rest_route", query.as_bytes());
        path.contains(&format!("/wp-json{ROUTE}")) || route.is_some_and(|route| route.starts_with(ROUTE))
    };
    let is_action = || {
        path.ends_with("/admin-ajax.php")
            && action_of(query.as_bytes(), form)
                .is_some_and(|action| ACTIONS.iter().any(|start| action.starts_with(start)))
    };
    if is_route() || is_action() { provider("fluentbooking") } else { None }
}

/// Returns a URL for people: without user, query and fragment, which may hold secrets.
pub fn shown(url: &str) -> String {
    let place = url.split(['?', '#']).next().unwrap_or_default();
    match split(place) {
        Some((scheme, host, path)) => format!("{scheme}://{host}{path}"),
        None => place.to_owned(),
    }
}

/// Splits a URL without a query into scheme, host with its port, and path; `None` if it has no host.
fn split(place: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = place.split_once("://")?;
    let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or((rest, ""));
    Some((scheme, authority.rsplit('@').next().unwrap_or_default(), path))
}

fn without_port(host: &str) -> &str {
    host.split(':').next().unwrap_or_default()
}

/// Returns the action that WordPress is asked for: in the query, or in a form of either encoding.
fn action_of<'a>(query: &'a [u8], form: &'a [u8]) -> Option<Cow<'a, str>> {
    const PART: &[u8] = b"name=\"action\"";

    let in_part = || {
        let at = memchr::memmem::find(form, PART)? + PART.len();
        let value = form.get(at..)?.trim_ascii_start();
        Some(String::from_utf8_lossy(value.split(u8::is_ascii_whitespace).next()?))
    };
    value_of("action", query).or_else(|| value_of("action", form)).or_else(in_part)
}

fn value_of<'a>(name: &str, form: &'a [u8]) -> Option<Cow<'a, str>> {
    form_urlencoded::parse(form).find(|(other, _)| other == name).map(|(_, value)| value)
}
