//! Members of a line that are copied to its answer.

/// The members that answers have: those of an envelope, of a line that cannot be read, and of a success.
const TAKEN: [&str; 16] = [
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
    "success",
];

/// Returns whether answers have a member with this name.
pub fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// Accepts the name of a member that answers do not have.
pub fn parse_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() {
        return Err("expected the name of a member, such as `id`".to_owned());
    }
    if is_taken(name) {
        let taken = TAKEN.join(", ");
        return Err(format!(
            "answers have members with these names already: {taken}; rename it in the input"
        ));
    }
    Ok(name.to_owned())
}
