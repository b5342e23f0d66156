//! Members of a line that are copied to its answer.

/// The members that answers have, of an envelope or of a line that cannot be read.
const TAKEN: [&str; 15] = [
    "provider",
    "status",
    "code",
    "kind",
    "message",
    "parameters",
    "issues",
    "items",
    "request_id",
    "effect",
    "retry",
    "retry_after",
    "remedy",
    "error",
    "line",
];

/// Accepts the name of a member that answers do not have.
pub fn parse_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() {
        return Err("expected the name of a member, such as `id`".to_owned());
    }
    if TAKEN.contains(&name) {
        let taken = TAKEN.join(", ");
        return Err(format!(
            "answers have members with these names already: {taken}; rename it in the input"
        ));
    }
    Ok(name.to_owned())
}
