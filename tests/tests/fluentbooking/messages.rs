//! FluentBooking: the texts by which the plugin reports most of its booking errors.

use booking_errors::Effect::{NotApplied, Unknown};
use booking_errors::Kind::{self, *};
use booking_errors::{Effect, Retry};
use booking_errors_tests::given::fluentbooking as answer;
use serde_json::json;

/// The table of the specification; `..` stands for any text.
const TEXTS: &[(Kind, &[&str])] = &[
    (
        SlotUnavailable,
        &["This selected time slot is not available. Maybe someone booked the spot just a few seconds ago."],
    ),
    (
        Disabled,
        &[
            "Sorry, the host is not accepting any new bookings at the moment.",
            "Pro plugin is required for this event.",
            "This feature is only available in FluentBooking Pro",
        ],
    ),
    (
        Conflict,
        &[
            "The provided slug is not available. Please choose a different one",
            "The user already have a calendar. Please delete it first to create a new one",
            "The user already has a calendar. Please delete it first to create a new one",
            "Can't delete: .. events depend on this schedule",
            "Zoom credentials already exist for this user",
            "This event has already been booked. You can not change the availability now",
        ],
    ),
    (
        NotFound,
        &[
            "Calendar Event not found",
            "Calendar not found",
            "Calendar could not be found. Please try again",
            "Sorry! meeting could not be found",
            "Invalid rescheduling request",
            "Integration not found for this event.",
            "No query results for model [..",
        ],
    ),
    (PolicyViolation, &["Sorry! you can not cancel this", "Sorry! you can not reschedule this"]),
    (InvalidState, &["This booking is not cancellable.", "Default Schedule cannot be deleted"]),
    (
        Unauthenticated,
        &["Please login to view your bookings", "Security check failed. Please refresh and try again."],
    ),
    (
        PermissionDenied,
        &[
            "You do not have permission to export data",
            "You do not have permission to write to the destination calendar.",
            "You do not have permission to clone from the selected event.",
            "You do not have permission to install plugins",
            "You do not have permission to create products",
            "You do not have permission to access this user's Zoom credentials",
            "Sorry, you are not allowed to ..",
            "This is an admin user. You can not change permissions",
        ],
    ),
    (
        CouponRejected,
        &[
            "Invalid coupon code",
            "Sorry, the provided coupon is expired",
            "Sorry, the coupon has reached the limit",
        ],
    ),
    (
        InvalidRequest,
        &[
            "Invalid date range",
            "Booking start and end times are invalid.",
            "Guest names and emails are invalid.",
            "Email, Start Time and timezone are required to create a booking",
            "Sorry! you can not reschedule to the same time.",
        ],
    ),
    (RateLimited, &["Too many requests. Please try again in a minute."]),
];

/// The texts that give the kind and show nothing, since others send them after the booking was stored.
const NO_EVIDENCE: &[(Kind, &str)] = &[(Conflict, ".. already exists"), (NotFound, "User not found")];

/// Each text of the table with its kind and effect, with something in the place of `..`.
fn texts() -> impl Iterator<Item = (Kind, Effect, String)> {
    let all = TEXTS.iter().flat_map(|(kind, texts)| texts.iter().map(|text| (*kind, NotApplied, *text)));
    let others = NO_EVIDENCE.iter().map(|(kind, text)| (*kind, Unknown, *text));
    all.chain(others).map(|(kind, effect, text)| (kind, effect, text.replace("..", "17 things")))
}

fn told(status: u16, text: &str) -> (Kind, Effect) {
    let given = answer(status, json!({"message": text}));
    (given.kind(), given.effect())
}

#[test]
fn each_text_gives_its_kind_and_its_effect() {
    let mut count = 0;
    for (kind, effect, text) in texts() {
        for status in [400, 404, 422, 500] {
            assert_eq!(told(status, &text), (kind, effect), "{status} {text}");
        }
        let error = answer(422, json!({"message": text})).error();
        assert_eq!((error.code(), error.message()), (None, Some(&*text)));
        count += 1;
    }
    assert_eq!(count, 42);
}

#[test]
fn trailing_white_space_and_one_final_mark_do_not_matter() {
    for (kind, effect, text) in texts() {
        let bare = text.strip_suffix('.').unwrap_or(&text);
        for end in ["", ".", "!", " ", ".\n", "! \t"] {
            assert_eq!(told(422, &format!("{bare}{end}")), (kind, effect), "{bare}{end:?}");
        }
        for end in ["..", "!!", ".!", "?"] {
            // after `..` anything may stand
            if !text.contains("17 things") || text.ends_with("already exists") {
                assert_eq!(told(422, &format!("{bare}{end}")), (InvalidRequest, Unknown), "{bare}{end}");
            }
        }
    }
}

/// Without this, a mutant that compares only how a text starts survives.
#[test]
fn more_than_the_text_is_another_text() {
    for (_, _, text) in texts() {
        let is_open_at = |part: &str| text.starts_with(part) || text.ends_with(part);
        for other in [format!("{text} Your card was declined"), format!("{text} x"), format!("{text}x")] {
            if !is_open_at("17 things") && !text.contains("model [17") {
                assert_eq!(told(422, &other), (InvalidRequest, Unknown), "{other}");
            }
        }
        for other in
            [format!("Error: {text}"), format!(" {text}"), text.to_lowercase().replacen('t', "T ", 1)]
        {
            if !text.starts_with("17 things") {
                assert_eq!(told(422, &other), (InvalidRequest, Unknown), "{other}");
            }
        }
    }
    for part in ["This selected time slot is not available.", "Calendar", "Sorry", "No query results"] {
        assert_eq!(told(422, part), (InvalidRequest, Unknown), "{part}");
    }
    for nothing_between in
        ["Sorry, you are not allowed to ", "No query results for model [", " already exists"]
    {
        assert_eq!(told(422, nothing_between), (InvalidRequest, Unknown), "{nothing_between}");
    }
}

#[test]
fn without_an_end_a_text_matches_to_the_end() {
    assert_eq!(told(422, "Sorry, you are not allowed to delete bookings."), (PermissionDenied, NotApplied));
    assert_eq!(
        told(422, "No query results for model [FluentBooking\\App\\Models\\Calendar] 17"),
        (NotFound, NotApplied)
    );
    assert_eq!(told(422, "A schedule with this name already exists."), (Conflict, Unknown));
    assert_eq!(told(422, "A schedule already exists here"), (InvalidRequest, Unknown), "the exact ending");
}

#[test]
fn a_text_in_another_language_is_told_by_the_other_rules() {
    assert_eq!(told(422, "Dieser Termin ist leider nicht mehr verfügbar."), (InvalidRequest, Unknown));
}

#[test]
fn the_limiter_is_told_by_its_status_and_both_headers() {
    let limited = |status: u16| answer(status, json!({"message": "Too many requests."}));
    let with_both = |status| limited(status).header("retry-after", "7").header("x-ratelimit-limit", "10");
    let error = with_both(429).error();
    assert_eq!((error.kind(), error.effect(), error.retry()), (RateLimited, NotApplied, Retry::Safe));
    assert_eq!(error.retry_after().map(|delay| delay.as_secs()), Some(7));
    for given in [
        limited(429),
        limited(429).header("retry-after", "7"),
        limited(429).header("x-ratelimit-limit", "10"),
        with_both(422),
    ] {
        assert_eq!(given.effect(), Unknown, "a calendar's: {given}");
    }
    let inner =
        |headers| json!({"body": {"message": "Too many requests."}, "status": 429, "headers": headers});
    let both = inner(json!({"Retry-After": "7", "X-RateLimit-Limit": "10"}));
    assert_eq!(answer(200, both).effect(), NotApplied, "the inner answer's headers count");
    assert_eq!(answer(200, inner(json!({"Retry-After": "7"}))).effect(), Unknown);
}

#[test]
fn the_limiter_of_the_front_end_counts_in_windows_of_a_minute() {
    let limited = || answer(429, json!({"message": "Too many requests. Please try again in a minute."}));
    let delay =
        |given: booking_errors_tests::given::Given| given.error().retry_after().map(|delay| delay.as_secs());
    assert_eq!(delay(limited()), Some(60));
    assert_eq!(delay(limited().header("retry-after", "5")), Some(5), "a header says more");
    assert_eq!(delay(limited().header("x-ratelimit-reset", "17")), Some(17), "a header says more");
}

#[test]
fn a_recognised_text_goes_before_the_status_and_after_a_code() {
    let both = answer(404, json!({"code": "event_disabled", "message": "Calendar not found"}));
    assert_eq!((both.kind(), both.effect()), (Disabled, NotApplied));
    // another code shows nothing, the text does
    let fault = answer(422, json!({"code": "wp_die", "message": "Calendar not found"}));
    assert_eq!((fault.kind(), fault.effect()), (NotFound, NotApplied));
}
