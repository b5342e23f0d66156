//! What PowerShell shows of a response: the list of `Invoke-WebRequest`, or the error of it or of `Invoke-RestMethod`.
//! Windows PowerShell and PowerShell 7 differ in both.

use booking_errors::decode::json::Arena;

use super::Exchange;
use super::head::{Head, lines};
use super::tree::Node;

/// How the first property of a response begins.
const LIST: &str = "StatusCode ";

/// How PowerShell marks where it cut a value.
const CUTS: [&str; 2] = ["...", "\u{2026}"];

/// The commands, and the short names that Windows PowerShell has for them.
const COMMANDS: [&str; 6] = ["invoke-restmethod", "invoke-webrequest", "irm", "iwr", "curl", "wget"];

/// What comes before the status in an error: of Windows PowerShell, and of PowerShell 7.
const STATUSES: [&str; 2] = ["returned an error: (", "does not indicate success: "];

/// What an error says if no response arrived, or not all of it.
const FAILURES: [&str; 4] = ["timed out", "HttpClient.Timeout", "closed unexpectedly", "forcibly closed"];

/// Reads a response from the list or from the error. If there are several, the last one counts.
pub fn read(text: &[u8]) -> Option<Exchange> {
    let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
    let is_of_web = text.contains("WebCmdletWebResponseException");
    let is_start = |line: &str| line.starts_with(LIST) || said_in(line, is_of_web).is_some();
    let starts: Vec<_> = lines(text.as_bytes())
        .filter(|(line, _)| str::from_utf8(line).is_ok_and(is_start))
        .filter_map(|(_, here)| text.get(text.len() - here.len()..))
        .collect();
    let last = starts.last()?;
    let mut exchange =
        List::read(last).map(List::into_exchange).or_else(|| of_error(last, said_in(last, is_of_web)?))?;
    let others = starts.len() - 1;
    exchange.leave_out(others);
    exchange.doubt = (others > 0).then(|| {
        "another response came before this one, and may be that of a call that went through".to_owned()
    });
    Some(exchange)
}

/// The properties that `Format-List` shows, each with its lines.
struct List<'a> {
    status: u16,
    properties: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> List<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let colon = text.lines().next().filter(|line| line.starts_with(LIST))?.find(':')?;
        let mut properties: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in text.lines() {
            let label = line.get(..colon).filter(|_| line.as_bytes().get(colon) == Some(&b':'));
            let label = label.filter(|label| label.starts_with(|c: char| c.is_ascii_alphabetic()));
            let value = line.get(colon + 2..).unwrap_or_default();
            match (label, properties.last_mut()) {
                (Some(label), _) => properties.push((label.trim_end(), vec![value])),
                (None, Some((_, lines))) if line.get(..colon).unwrap_or_default().trim().is_empty() => {
                    lines.push(value)
                }
                // what follows the list
                (None, _) => break,
            }
        }
        let mut list = Self { status: 0, properties };
        let is_list =
            ["StatusDescription", "Content", "RawContent"].iter().any(|name| !list.lines(name).is_empty());
        list.status = list.lines("StatusCode").first()?.trim().parse().ok().filter(|_| is_list)?;
        Some(list)
    }

    fn lines(&self, name: &str) -> &[&'a str] {
        self.properties.iter().find(|(other, _)| *other == name).map_or(&[], |(_, lines)| lines)
    }

    /// Takes the body from the content or the raw content, whichever is whole.
    fn into_exchange(self) -> Exchange {
        let raw = self.lines("RawContent");
        let (head, rest) = raw
            .split_at_checked(raw.iter().position(|line| line.trim().is_empty()).unwrap_or(raw.len()))
            .unwrap_or((raw, &[]));
        let contents = [self.lines("Content"), rest].map(Content::of);
        let head = Head::read(head.join("\n").as_bytes()).map(|(head, _)| head.headers);
        let headers = head.unwrap_or_default();
        let mut exchange = Exchange { status: Some(self.status), headers, ..Exchange::default() };
        let longest = contents
            .iter()
            .max_by_key(|content| (!content.text.is_empty(), !content.is_cut, content.text.len()));
        if let Some(Content { text, is_cut }) = longest {
            exchange.body = text.clone().into_bytes();
            exchange.gap = is_cut.then(|| {
                "PowerShell cut the body: save `$response.Content`, or use `curl.exe -i`, to see all of it".to_owned()
            });
        }
        exchange.expect_body();
        if raw.is_empty() && exchange.body.is_empty() && !exchange.is_bodiless() {
            exchange.gap.get_or_insert_with(|| "PowerShell does not show the body".to_owned());
        }
        exchange
    }
}

struct Content {
    text: String,
    is_cut: bool,
}

impl Content {
    /// Joins the lines of a value. PowerShell breaks long ones to the width of the window, which would break JSON.
    fn of(lines: &[&str]) -> Self {
        let separator =
            if lines.first().is_some_and(|line| line.starts_with(['{', '['])) { "" } else { "\n" };
        let start = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or_default();
        let mut text = lines.get(start..).unwrap_or_default().join(separator);
        text.truncate(text.trim_end().len());
        let end = CUTS.iter().find_map(|mark| text.strip_suffix(mark)).map(str::len);
        // bytes in decimal, if the content type is not that of a text
        let is_bytes = text.starts_with('{')
            && text.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        text.truncate(if is_bytes { 0 } else { end.unwrap_or(text.len()) });
        Self { text, is_cut: end.is_some() || is_bytes }
    }
}

/// Returns what an error says in its first line.
fn said_in(line: &str, is_of_web: bool) -> Option<&str> {
    let (name, said) = line.lines().next()?.split_once(':')?;
    let name = name.trim().to_ascii_lowercase();
    let is_command = COMMANDS.contains(&&*name) && (is_of_web || name.starts_with("invoke-"));
    is_command.then_some(said)
}

/// Reads an error, whose text is mostly the body.
fn of_error(text: &str, said: &str) -> Option<Exchange> {
    let following = text.lines().skip(1).map(without_margin);
    let is_end = |line: &&str| line.starts_with("At ") || line.trim_start().starts_with("+ ");
    let lines: Vec<_> = [said].into_iter().chain(following.take_while(|line| !is_end(line))).collect();
    let joined = lines.join("\n");
    let status = STATUSES.iter().find_map(|sign| {
        let rest = joined.get(joined.find(sign)? + sign.len()..)?;
        rest.get(..3)?.parse().ok()
    });
    // Windows PowerShell breaks long lines
    let body = json_in(&joined).or_else(|| json_in(&lines.concat()));
    if body.is_none() && status.is_none() {
        let is_unanswered = FAILURES.iter().any(|sign| joined.contains(sign));
        return is_unanswered.then(|| Exchange { is_unanswered, ..Exchange::default() });
    }
    let gap = body.is_none().then(|| "PowerShell does not show the body".to_owned());
    Some(Exchange { status, body: body.unwrap_or_default(), gap, ..Exchange::default() })
}

/// Returns a line of an error without the margin that PowerShell 7 draws.
fn without_margin(line: &str) -> &str {
    match line.split_once('|') {
        Some((margin, rest)) if margin.trim().is_empty() => rest.strip_prefix(' ').unwrap_or(rest),
        _ => line,
    }
}

fn json_in(text: &str) -> Option<Vec<u8>> {
    let start = text.get(text.find('{')?..)?;
    let arena = Arena::default();
    let (node, rest) = Node::read(start.as_bytes(), &arena);
    rest.is_ok().then(|| node.raw.to_vec())
}
