//! "Kind": the column "by status".

use booking_errors::Kind;

pub fn kind_of(status: u16) -> Kind {
    match status {
        401 => Kind::Unauthenticated,
        403 | 451 => Kind::PermissionDenied,
        404 | 410 => Kind::NotFound,
        409 | 412 => Kind::Conflict,
        428 => Kind::InvalidState,
        402 => Kind::PaymentRequired,
        429 => Kind::RateLimited,
        408 | 421 | 425 | 444 | 460 | 499 | 502 | 503 | 504 | 520..=527 | 530 => Kind::Unavailable,
        400..=499 => Kind::InvalidRequest, // "400, 422, other 4xx"
        500..=599 => Kind::ProviderFault,  // "500, other 5xx"
        _ => Kind::Unknown,                // "anything else"
    }
}

pub fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// A known code, item or message of one of these never comes with `not_applied`.
pub fn is_fault(kind: Kind) -> bool {
    kind == Kind::ProviderFault || kind == Kind::Unavailable
}
