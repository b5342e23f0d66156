//! Writes the manual, a page for each command.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::input::name_of;
use crate::problem::Problem;

#[derive(clap::Args)]
pub struct Arguments {
    /// Folder to write a page for each command to; created if missing. When omitted, the main page is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, command: Command, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    // `help` needs no page
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.folder else {
        Page::new(&command).write(out)?;
        return Ok(ExitCode::SUCCESS);
    };
    fs::create_dir_all(folder).map_err(|error| Problem::Unwritable { file: name_of(folder), error })?;
    for command in iter::once(&command).chain(command.get_subcommands()) {
        let page = Page::new(command);
        let path = folder.join(page.man.get_filename());
        page.write_to(&path).map_err(|error| Problem::Unwritable { file: name_of(&path), error })?;
        writeln!(out, "{}", name_of(&path))?;
    }
    Ok(ExitCode::SUCCESS)
}

struct Page<'a> {
    command: &'a Command,
    man: Man,
}

impl<'a> Page<'a> {
    fn new(command: &'a Command) -> Self {
        let man = Man::new(command.clone())
            // an empty date would be left out, and what follows would take its place
            .date(" ")
            .source(concat!("booking-errors ", env!("CARGO_PKG_VERSION")))
            .manual("booking-errors");
        Self { command, man }
    }

    fn write_to(&self, path: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        self.write(&mut file)?;
        file.flush()
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.man.render_title(out)?;
        self.man.render_name_section(out)?;
        self.man.render_synopsis_section(out)?;
        self.man.render_description_section(out)?;
        self.man.render_options_section(out)?;
        if self.command.has_subcommands() {
            self.man.render_subcommands_section(out)?;
        }
        self.write_examples(out)
    }

    /// Writes what stands at the end of the help, line for line: commands that are broken anew cannot be copied.
    fn write_examples(&self, out: &mut dyn Write) -> io::Result<()> {
        let help = self.command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let mut roff = Roff::new();
        roff.control("SH", ["EXAMPLES"]).control("nf", []);
        for line in help.lines().skip(1) {
            roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
        }
        roff.control("fi", []).to_writer(out)
    }
}
