//! "Effect: only on evidence": the list, line by line.

use booking_errors::Effect;

/// What an answer shows; each member is named after the words of the list.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The status that the rules for a status look at.
    pub status: u16,
    /// What "the provider's own rules in its spec" say.
    pub own: Option<Effect>,
    /// "A code's row may give an effect of its own."
    pub of_the_code: Option<Effect>,
    /// "A 2xx JSON value that breaks off."
    pub is_cut_success: bool,
    /// "A known code, known item or recognised message of kind provider_fault or unavailable."
    pub is_fault: bool,
    /// "A known code, known item or recognised message that rejects."
    pub is_rejection: bool,
    /// "Codes marked soft, and CREATE_RESERVATION_ERROR without a hard item."
    pub is_soft: bool,
    /// Whether something "in the body shows that something was made".
    pub is_made: bool,
    /// "A recognised challenge or block page."
    pub is_challenge: bool,
}

/// "The first line that fits".
pub fn weigh(evidence: &Evidence) -> Effect {
    let status = evidence.status;
    // 1. "the provider's own rules in its spec"; "a 2xx JSON value that breaks off is always effect `unknown`
    // (bulk: partial where an item succeeded)"
    match evidence.own {
        Some(Effect::Partial) => return Effect::Partial,
        Some(_) if evidence.is_cut_success => return Effect::Unknown,
        Some(Effect::NotApplied) if evidence.is_made => return Effect::Unknown,
        Some(own) => return own,
        None => {}
    }
    // "it goes before lines 2 to 7, and not_applied becomes unknown beside something made and in a cut 2xx"
    match evidence.of_the_code {
        _ if evidence.is_cut_success => return Effect::Unknown, // "always"
        Some(Effect::NotApplied) if evidence.is_made => return Effect::Unknown,
        Some(effect) => return effect,
        None => {}
    }
    // 2. "unknown, whatever the status"
    if evidence.is_fault {
        return Effect::Unknown;
    }
    // 3. "not_applied. This holds, with any status, only where nothing in the body shows that something was
    // made; else unknown"
    if evidence.is_rejection && !evidence.is_made {
        return Effect::NotApplied;
    }
    // "where they are all there is, the effect is unknown, with 4xx too"
    if evidence.is_soft {
        return Effect::Unknown;
    }
    // "where the body shows something made, lines 3 to 6 give `unknown`"
    if evidence.is_made {
        return Effect::Unknown;
    }
    // 4. "the application was not reached"
    if evidence.is_challenge {
        return Effect::NotApplied;
    }
    // 5. "the request was not processed", "it never reached the handler"
    if is_never_handled(status) {
        return Effect::NotApplied;
    }
    // 6. "408, 444, 460, 499: unknown; other 4xx: not_applied"
    if (400..500).contains(&status) && !is_given_up(status) {
        return Effect::NotApplied;
    }
    // 7. "anything else (3xx, 5xx, 2xx): unknown"
    Effect::Unknown
}

/// Line 5.
pub fn is_never_handled(status: u16) -> bool {
    [421, 425, 501, 521, 523, 525, 526, 530].contains(&status)
}

/// The first half of line 6.
pub fn is_given_up(status: u16) -> bool {
    [408, 444, 460, 499].contains(&status)
}
