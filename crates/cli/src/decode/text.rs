//! The text that an engineer on call needs.

use std::io::{self, Write};

use booking_errors::text::Escaped;
use booking_errors::{Effect, FailedItem, ProviderError, Retry};

use crate::style::{self, BOLD, line, lines};

/// Writes what went wrong and what to do.
pub fn write(error: &dyn ProviderError, has_status: bool, out: &mut dyn Write) -> io::Result<()> {
    let (kind, effect) = (error.kind(), error.effect());
    let mut title = error.to_string();
    if !has_status {
        // there was one, but without its status
        title = title.replacen("(no response)", "(status unknown)", 1);
    }
    writeln!(out, "{BOLD}{title}{BOLD:#}\n")?;
    line(out, "kind", format_args!("{kind}: {}", kind.meaning()))?;
    let colour = style::of_effect(effect);
    line(out, "effect", format_args!("{colour}{effect}{colour:#}: {}", effect.meaning()))?;
    let retry = error.retry();
    let colour = style::of_retry(retry);
    line(out, "retry", format_args!("{colour}{retry}{colour:#}: {}", retry_in_words(error)))?;
    let items = error.items().iter().map(item_in_words);
    let issues = error.issues().iter().map(ToString::to_string).filter(|_| error.items().is_empty());
    lines(out, "at fault", items.chain(issues))?;
    let parameters = error.parameters().iter();
    let parameters =
        parameters.map(|(name, value)| format!("{} = {}", Escaped::code(name), Escaped::code(value)));
    lines(out, "parameters", parameters)?;
    if let Some(id) = error.request_id() {
        line(out, "request id", Escaped::code(id))?;
    }
    line(out, "what to do", Escaped::message(error.remedy()))
}

/// Says in one line where the item is, what went wrong, and whether to send it again.
fn item_in_words(item: &FailedItem) -> String {
    let index = item.index.map(|index| format!("#{index} ")).unwrap_or_default();
    let id = item.id.as_deref().map(|id| format!("{} ", Escaped::code(id))).unwrap_or_default();
    let error = &item.error;
    format!("{index}{id}{error}; {}, retry {}", error.effect, error.retry())
}

fn retry_in_words(error: &dyn ProviderError) -> String {
    let delay = error.retry_after().map(|delay| format!("{} s", delay.as_secs()));
    match (error.retry(), delay, error.effect()) {
        (Retry::Safe, None, _) => "send the same call again after a while".to_owned(),
        (Retry::Safe, Some(delay), _) => format!("send the same call again after {delay}"),
        (Retry::CheckFirst, None, _) => "look before you send it again".to_owned(),
        (Retry::CheckFirst, Some(delay), _) => {
            format!("look before you send it again, and wait {delay}")
        }
        (Retry::Never, _, Effect::Applied) => "do not send it again".to_owned(),
        (Retry::Never, _, Effect::Partial) => "send only what is missing".to_owned(),
        (Retry::Never, _, Effect::NotApplied | Effect::Unknown) => {
            "the same call would fail again".to_owned()
        }
    }
}
