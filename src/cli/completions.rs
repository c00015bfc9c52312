//! `kehoach completions SHELL` and `kehoach man`: what shells and `man` know of the command line, made of its definition.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, complain, print};

/// Print the completions of a shell.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach completions bash > ~/.local/share/bash-completion/completions/kehoach
  kehoach completions zsh > ~/.zfunc/_kehoach
  kehoach completions fish > ~/.config/fish/completions/kehoach.fish")]
pub(super) struct Arguments {
    /// The shell.
    shell: Shell,
}

/// Print the manual page, in roff.
#[derive(Args)]
#[command(after_help = "Example:
  kehoach man > kehoach.1 && man ./kehoach.1")]
pub(super) struct Man {}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "kehoach", &mut out);
    print(&String::from_utf8_lossy(&out))
}

pub(super) fn man(_: &Man) -> ExitCode {
    let mut out = Vec::new();
    match clap_mangen::Man::new(Cli::command()).render(&mut out) {
        Ok(()) => print(&String::from_utf8_lossy(&out)),
        Err(error) => {
            complain(&format!("the manual page cannot be made: {error}"));
            ExitCode::from(2)
        }
    }
}
