//! Writes what lets a shell complete commands, options and names.

use std::io::Write;
use std::process::ExitCode;

use booking_errors::providers;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command};
use clap_complete::{Shell, generate};

use crate::near::Known;
use crate::problem::Problem;
use crate::topic::Topic;

#[derive(clap::Args)]
pub struct Arguments {
    /// Shell to write for
    shell: Shell,
}

pub fn run(arguments: &Arguments, command: Command, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let name = command.get_name().to_owned();
    let mut command = with_words(command);
    let mut script = Vec::new();
    generate(arguments.shell, &mut command, &name, &mut script);
    let script = String::from_utf8_lossy(&script);
    match arguments.shell {
        Shell::Bash => write!(out, "{}", mended(&script, &name))?,
        Shell::Fish => write!(out, "{script}{}", words_for_fish(&command, &name))?,
        _ => write!(out, "{script}")?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds the words that `explain` and `sample` know. Their parsers have no such lists: they suggest what is near an unknown
/// word.
fn with_words(command: Command) -> Command {
    // bash takes a name with a space for two
    let is_one_word =
        |known: &Known| known.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let words: Vec<_> = Topic::known(None).filter(is_one_word).collect();
    let of_providers = words.iter().filter(|word| booking_errors::provider(word.owner).is_some());
    let codes = PossibleValuesParser::new(of_providers.map(|word| word.name));
    let words = || words.iter().map(|word| word.name);
    // whoever names no provider starts with the word
    let first = PossibleValuesParser::new(providers().iter().map(|provider| provider.name()).chain(words()));
    let second = PossibleValuesParser::new(words());
    command
        .mut_subcommand("explain", |explain| {
            explain
                .mut_arg("provider", |it| it.value_parser(first))
                .mut_arg("word", |it| it.value_parser(second))
        })
        .mut_subcommand("sample", |sample| sample.mut_arg("name", |it| it.value_parser(codes)))
}

/// Spells the names of bash's states alike. clap_complete spells a hyphen in the program's name in two ways, so that nothing
/// behind a command would be completed: <https://github.com/clap-rs/clap/issues/6421>.
fn mended(script: &str, name: &str) -> String {
    script.replace(&name.replace('-', "__subcmd__"), &name.replace('-', "__"))
}

/// clap_complete leaves out for fish what stands without an option.
fn words_for_fish(command: &Command, name: &str) -> String {
    let mut lines = String::new();
    for command in command.get_subcommands() {
        let values = command.get_positionals().flat_map(Arg::get_possible_values);
        let words: Vec<_> = values.map(|value| value.get_name().to_owned()).collect();
        if !words.is_empty() {
            let (command, words) = (command.get_name(), words.join(" "));
            lines +=
                &format!("complete -c {name} -n '__fish_seen_subcommand_from {command}' -f -a '{words}'\n");
        }
    }
    lines
}
