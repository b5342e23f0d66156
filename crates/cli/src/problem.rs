use std::io::{self, Write as _};
use std::process::ExitCode;

use booking_errors::text::Escaped;

/// What went wrong with a command, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("cannot read {file}: {error}")]
    Unreadable { file: String, error: io::Error },
    #[error("{file} is empty: give a response as `curl -i` prints it, or an empty body with --status N")]
    Empty { file: String },
    #[error("{file} is UTF-16: save it as UTF-8")]
    Utf16 { file: String },
    #[error(
        "{file} does not start with a status line such as `HTTP/1.1 428`: use `curl -i`, or give --status N for a body"
    )]
    NoStatusLine { file: String },
    #[error("cannot tell whose response {file} holds: give --provider {names}")]
    UnknownProvider { file: String, names: String },
    #[error("`{}` is no provider: there are {names}", Escaped::code(name))]
    NoSuchProvider { name: String, names: String },
    #[error("cannot start a thread: {error}")]
    Thread { error: io::Error },
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}

impl Problem {
    /// 2 for what another command line would mend, else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::NoStatusLine { .. } | Self::UnknownProvider { .. } | Self::NoSuchProvider { .. } => {
                ExitCode::from(2)
            }
            _ => ExitCode::FAILURE,
        }
    }

    /// Whether nobody reads the output any more.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// The names of the providers, for messages.
pub fn provider_names(separator: &str) -> String {
    let names: Vec<_> = booking_errors::providers().iter().map(|provider| provider.name()).collect();
    names.join(separator)
}

/// Writes lines to the standard error, which may be closed. It is one write: other programs may write there
/// too, and many small writes take long.
pub fn complain(text: impl std::fmt::Display) {
    let _ = io::stderr().write_all(format!("{text}\n").as_bytes());
}
