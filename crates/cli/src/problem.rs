use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;

use crate::input::{ENDLESS, LONGEST};

/// What went wrong with a command, where, and how to fix it.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("cannot read {file}: {error}")]
    Unreadable { file: String, error: io::Error },
    #[error("cannot write {file}: {error}")]
    Unwritable { file: String, error: io::Error },
    #[error("{file} is empty: pass a response as `curl -i` prints it, or pass --status N for an empty body")]
    Empty { file: String },
    #[error(
        "{file} is longer than {} MiB: pass one response, or pass many as JSON Lines with --batch",
        LONGEST / (1024 * 1024)
    )]
    TooLong { file: String },
    #[error(
        "line {line} of {file} is longer than {} MiB: check that the input is JSON Lines",
        ENDLESS / (1024 * 1024)
    )]
    EndlessLine { file: String, line: u64 },
    #[error(
        "{file} is not {expected}: it begins with `{first_line}`. Leave out --input, or choose another kind"
    )]
    Misfit { file: String, expected: &'static str, first_line: String },
    #[error(
        "cannot read {file}, which begins with `{first_line}`. Pass a response as `curl -i`, `curl -v`, HTTPie or PowerShell's \
         Invoke-WebRequest print it, a HAR file, saved responses of Postman, lines of a log with a response, or a body in JSON or \
         HTML. Pass --status N for any other body, or --input KIND"
    )]
    NoResponse { file: String, first_line: String },
    #[error("{file} may hold several responses, since it is {kind}: pass {option} only for a single one")]
    Several { file: String, kind: &'static str, option: &'static str },
    #[error("cannot tell which provider sent the response in {file}: pass --provider {names}")]
    UnknownProvider { file: String, names: String },
    #[error("cannot listen on {address}: {error}{}", advice(error))]
    NotListening { address: SocketAddr, error: io::Error },
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
    /// Returns 2 if other arguments would help, else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Misfit { .. }
            | Self::NoResponse { .. }
            | Self::Several { .. }
            | Self::UnknownProvider { .. } => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }

    /// Returns `true` if nobody reads the output any more.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Says what to do if the sandbox cannot listen.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            ": end the program that uses this port, or choose another port with --port; --port 0 takes a free one"
        }
        io::ErrorKind::PermissionDenied => ": choose a port from 1024 on with --port",
        io::ErrorKind::AddrNotAvailable => ": pass an address of this machine as --address",
        _ => "",
    }
}

/// Joins the names of the providers, for messages.
pub fn provider_names(separator: &str) -> String {
    let names: Vec<_> = booking_errors::providers().iter().map(|provider| provider.name()).collect();
    names.join(separator)
}

/// Writes lines to standard error, which may be closed. One write keeps them together when other programs write there
/// too, and many small writes would be slow.
pub fn complain(text: impl std::fmt::Display) {
    let _ = io::stderr().write_all(format!("{text}\n").as_bytes());
}
