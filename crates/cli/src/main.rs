//! Shows what a failed response of a booking provider means.

mod batch;
mod chunks;
mod codes;
mod completions;
mod decode;
mod examples;
mod explain;
mod input;
mod json;
mod keep;
mod line;
mod man;
mod near;
mod parallel;
mod plain;
mod plural;
mod portable;
mod problem;
mod progress;
mod samples;
mod serve;
mod style;
mod topic;
mod triage;
mod unreadable;
mod wiremock;

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use booking_errors::{Provider, providers};
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use clap::{CommandFactory, Parser, Subcommand};
use colorchoice_clap::Color;

use crate::problem::{Problem, complain};

const COLOR_HELP: &str = "When to use colours; auto: on a terminal that shows them, unless NO_COLOR is set";
/// The place in the help after a command's own options, and before `--help`.
const LAST: usize = 998;

/// Shows what a failed response of a booking provider means: what went wrong, whether the call may have gone through,
/// whether you may send it again, and what to do.
///
/// Ends with status 0 if all went well, 1 if something failed or an input could not be read, and 2 if the arguments are wrong.
/// An error in a response is no failure. But `decode --exit-status` ends with 3 if the call is safe to send again, 4 if you
/// should never send it again as it is, and 5 if you have to check first whether it went through.
#[derive(Parser)]
#[command(name = "booking-errors", version, arg_required_else_help = true, after_help = examples::ALL)]
#[command(mut_arg("color", |color| color.help(COLOR_HELP).display_order(LAST)))]
struct Arguments {
    #[command(flatten)]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Decode responses
    ///
    /// Reads what tools print and export, up to 64 MiB: `curl -i` and `curl -v`, HTTPie, PowerShell's Invoke-WebRequest, a HAR
    /// file, Postman's saved responses, lines of a log that hold a response, or only a body; also in UTF-16, and bodies in gzip,
    /// deflate, br and zstd. It says what it took the input for, unless that is the output of `curl -i`. --input overrides this.
    ///
    /// JSON output is the envelope, or null for a success. For a HAR file, Postman's responses, a log or several files it is a
    /// list of {"file", "entry" or "line", "name", "method", "url", "read_as", "notes", "error"}, with "problem" in place of
    /// "error" for what cannot be decoded. Of HAR files, Postman's responses and logs it holds only the calls that failed.
    ///
    /// With --batch, reads JSON Lines: {"provider", "method", "status", "headers": {name: value or [values]}, "body" or "body_b64"}.
    /// Writes one line for each: the envelope, null for a success, or {"error", "line"} for a line that it cannot read.
    /// With --keep, a success is {"success": true}, after the members that are kept.
    #[command(verbatim_doc_comment)]
    #[command(after_help = examples::DECODE)]
    Decode(decode::Arguments),
    /// Say who has to act on the failed calls of a log, the most urgent first
    ///
    /// Reads the lines that `decode --batch` reads, or those that it writes, and counts the errors by group: look-up (the
    /// booking may stand: look now), partly-done, wait (then send again), customer, account and code. The members `id`,
    /// `time` and `request_id` of a line show which call it was, and when.
    #[command(after_help = examples::TRIAGE)]
    Triage(triage::Arguments),
    /// Explain a code, kind, effect, retry, group of triage, HTTP status or situation
    ///
    /// Upper and lower case, underscores, hyphens and spaces make no difference. A word that stands for several things gets an
    /// explanation of each; what is spelled just like it comes first.
    #[command(verbatim_doc_comment, allow_missing_positional = true)]
    #[command(after_help = examples::EXPLAIN)]
    Explain(explain::Arguments),
    /// Print the response of a code or a situation, or with --all every response
    ///
    /// With --all, a line such as `### wix SLOT_NOT_AVAILABLE` goes before each response. This writes each into a file:
    ///
    ///     booking-errors sample --all | csplit -z --suppress-matched - '/^### /' '{*}'
    ///
    /// JSON has a line per response, with provider, name, status, headers and body, and the kind, effect and retry that it
    /// decodes to. `decode --batch` reads these lines.
    ///
    /// With WireMock's mappings, a call to /wix or a path below it gets the response that its header names, such as
    /// `Prefer: code=SLOT_NOT_AVAILABLE`. A call without such a header succeeds.
    #[command(verbatim_doc_comment)]
    #[command(override_usage = "booking-errors sample [OPTIONS] <PROVIDER> <CODE>
       booking-errors sample [OPTIONS] --all [PROVIDER]")]
    #[command(after_help = examples::SAMPLE)]
    Sample(samples::Arguments),
    /// Run the sandbox: a fake provider that books, fails as you tell it, and shows what was booked twice
    ///
    /// It answers at /wix, /fluentbooking and /guesty as these providers do, until SIGINT (Ctrl+C) or SIGTERM. Any error is
    /// sent on demand, and so are faults such as a 504 after the booking was made. It prints its address and calls to try.
    #[command(verbatim_doc_comment)]
    #[command(after_help = examples::SERVE)]
    Serve(serve::Arguments),
    /// List the known codes
    #[command(after_help = examples::CODES)]
    Codes(codes::Arguments),
    /// Print a script for a shell that completes commands and options
    ///
    /// In bash, fish and zsh it also completes the codes, kinds and other words that `explain` and `sample` take.
    #[command(after_help = examples::COMPLETIONS)]
    Completions(completions::Arguments),
    /// Print the manual page, or write the pages of all commands into a folder
    #[command(after_help = examples::MAN)]
    Man(man::Arguments),
}

impl Command {
    fn is_coloured(&self) -> bool {
        match self {
            Self::Decode(arguments) => !arguments.batch.batch && arguments.format == decode::Format::Text,
            Self::Triage(arguments) => arguments.is_for_people(),
            Self::Explain(arguments) => arguments.format == decode::Format::Text,
            _ => false,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|help_or_error| {
        color_of(env::args_os().skip(1)).write_global();
        help_or_error.exit()
    });
    arguments.color.write_global();
    // Only coloured output goes through the stream that removes colours: it would change texts in JSON.
    let mut out: Box<dyn Write> = if arguments.command.is_coloured() {
        Box::new(anstream::AutoStream::auto(io::stdout().lock()))
    } else {
        Box::new(io::stdout().lock())
    };
    let result = run(arguments.command, &mut *out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match result {
        Ok(code) => code,
        Err(problem) if problem.is_closed_pipe() => ExitCode::SUCCESS,
        Err(problem) => {
            complain(format_args!("booking-errors: {problem}"));
            problem.exit_code()
        }
    }
}

fn run(command: Command, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    match command {
        Command::Decode(decode::Arguments { batch, provider, files, .. }) if batch.batch => {
            batch::run(batch, files, provider, out)
        }
        Command::Decode(arguments) => decode::run(&arguments, out),
        Command::Triage(arguments) => triage::run(arguments, out),
        Command::Explain(arguments) => explain::run(&arguments, out),
        Command::Sample(arguments) => samples::run(&arguments, out),
        Command::Serve(arguments) => serve::run(&arguments, out),
        Command::Codes(arguments) => codes::run(&arguments, out),
        Command::Completions(arguments) => completions::run(&arguments, Arguments::command(), out),
        Command::Man(arguments) => man::run(&arguments, Arguments::command(), out),
    }
}

/// Returns the value of `--color` in arguments that clap does not return, because they ask for help or have an error.
fn color_of(arguments: impl Iterator<Item = OsString>) -> Color {
    let mut color = Color::default();
    let mut arguments = arguments.take_while(|it| it != "--");
    while let Some(argument) = arguments.next() {
        let value = match argument.to_str() {
            Some("--color") => arguments.next().and_then(|value| value.into_string().ok()),
            Some(argument) => argument.strip_prefix("--color=").map(str::to_owned),
            None => None,
        };
        color.color = value.and_then(|value| value.parse().ok()).unwrap_or(color.color);
    }
    color
}

/// Accepts only the names of the providers.
fn provider_parser() -> impl clap::builder::TypedValueParser<Value = &'static Provider> {
    let names = providers().iter().map(|provider| provider.name());
    PossibleValuesParser::new(names).try_map(|name| booking_errors::provider(&name).ok_or("unknown provider"))
}
