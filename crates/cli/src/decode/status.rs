//! What a response means if its status is missing.

use booking_errors::{Effect, Envelope, Kind, Provider, ProviderError, RawResponse, Retry};

/// Statuses that calls to every provider may end with.
const USUAL: [u16; 8] = [200, 400, 404, 409, 429, 500, 503, 504];

const DOUBT: &str = "Check whether the call went through before you act on the error: what is here of the response does not show it.";

/// Returns the error that a body without its status shows, and what the status would change. With a status under which the
/// call may have gone through, the body alone cannot say that it did not.
pub fn without<'a>(
    provider: &Provider,
    response: impl Fn(u16) -> RawResponse<'a>,
) -> (Box<dyn ProviderError>, String) {
    if let Err(error) = provider.check(&response(200))
        && error.status() != 200
    {
        let note = format!("the status is missing, but the body says that it is {}", error.status());
        return (error, note);
    }
    let error = provider.decode(&response(0));
    let documented = error.code_info().map_or(&[][..], |info| info.statuses);
    let mut statuses: Vec<_> = USUAL.iter().chain(documented).copied().collect();
    statuses.sort_unstable();
    statuses.dedup();
    let outcomes: Vec<_> = statuses
        .into_iter()
        .map(|status| (status, provider.check(&response(status)).err().map(Outcome::of)))
        .collect();
    let is_same =
        |outcome: &Option<Outcome>| outcome.as_ref().is_some_and(|outcome| outcome.effect == error.effect());
    let is_sure = response(0).is_read() || outcomes.iter().all(|(_, outcome)| is_same(outcome));
    let note = note(&outcomes);
    if is_sure || error.effect() == Effect::Unknown {
        return (error, note);
    }
    (Box::new(in_doubt(&*error)), note)
}

/// Returns an error whose response is not all there, so that the call may have gone through.
pub fn in_doubt(error: &dyn ProviderError) -> Envelope {
    error.envelope().clone().with_effect(Effect::Unknown).with_remedy(DOUBT)
}

/// What a response with some status means, if that is an error.
#[derive(Clone, Copy, PartialEq)]
struct Outcome {
    kind: Kind,
    effect: Effect,
    retry: Retry,
}

impl Outcome {
    fn of(error: Box<dyn ProviderError>) -> Self {
        Self { kind: error.kind(), effect: error.effect(), retry: error.retry() }
    }
}

/// Says what the status would change.
fn note(outcomes: &[(u16, Option<Outcome>)]) -> String {
    let kinds: Vec<_> = outcomes.iter().filter_map(|(_, outcome)| Some(outcome.as_ref()?.kind)).collect();
    let is_same_kind = kinds.windows(2).all(|pair| pair.first() == pair.last());
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (status, outcome) in outcomes {
        let meaning = match outcome {
            None => "it is no error".to_owned(),
            Some(Outcome { effect, retry, .. }) => format!("effect {effect}, retry {retry}"),
        };
        let status = match outcome {
            Some(outcome) if !is_same_kind => format!("{status} ({})", outcome.kind),
            _ => status.to_string(),
        };
        match groups.iter_mut().find(|(other, _)| *other == meaning) {
            Some((_, statuses)) => statuses.push(status),
            None => groups.push((meaning, vec![status])),
        }
    }
    if let [(_, statuses)] = &groups[..]
        && is_same_kind
    {
        return format!("the status is missing, but {} would mean the same", statuses.join(", "));
    }
    let parts = groups.iter().map(|(meaning, statuses)| format!("with {}: {meaning}", statuses.join(", ")));
    format!("the status is missing, and it matters; {}", parts.collect::<Vec<_>>().join("; "))
}
