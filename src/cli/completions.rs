//! `kehoach completions SHELL` and `kehoach man`: what shells and `man` know of the command line, made of its definition.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::{Cli, complain, output, print};

/// Print the completions of a shell: commands and options; in bash, zsh and fish also the values of options that have a list of them.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach completions bash > ~/.local/share/bash-completion/completions/kehoach
  kehoach completions zsh > ~/.zfunc/_kehoach
  kehoach completions fish > ~/.config/fish/completions/kehoach.fish")]
pub(super) struct Arguments {
    /// The shell.
    shell: Shell,
}

/// Print a manual page in roff, or write those of all commands into a folder.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach man audit | man -l -
  kehoach man --out ~/.local/share/man/man1 && man kehoach-audit")]
pub(super) struct Man {
    /// The command whose page is printed; else the page of kehoach itself.
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    of: Option<String>,

    /// Folder to write all pages into: kehoach.1, kehoach-audit.1 and so on; it is made where it is missing.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The command line without what is not for people.
fn visible() -> Command {
    let whole = Cli::command();
    let bare = Command::new("kehoach").version(env!("CARGO_PKG_VERSION")).subcommand_required(true);
    bare.about(whole.get_about().cloned().unwrap_or_default())
        .long_about(whole.get_long_about().cloned().unwrap_or_default())
        .after_help(whole.get_after_help().cloned().unwrap_or_default())
        .args(whole.get_arguments().cloned())
        .subcommands(whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned())
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut visible(), "kehoach", &mut out);
    print(&String::from_utf8_lossy(&out))
}

pub(super) fn man(arguments: &Man) -> ExitCode {
    let mut whole = visible().disable_help_subcommand(true);
    whole.build();
    if let Some(folder) = &arguments.out {
        let mut all = std::iter::once(&whole).chain(whole.get_subcommands());
        let written = std::fs::create_dir_all(folder).and_then(|()| {
            all.try_for_each(|command| {
                let path = folder.join(format!("{}.1", name(command)));
                output::free(&path, false).map_err(std::io::Error::other)?;
                output::replace(&path, page(command)?.as_bytes())
            })
        });
        return match written {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(&format!("{}: cannot be written: {error}; check the folder and its rights", folder.display()));
                super::exit::WRONG.into()
            }
        };
    }
    let command = match &arguments.of {
        None => &whole,
        Some(of) => match whole.find_subcommand(of.trim_start_matches("kehoach-")) {
            Some(command) => command,
            None => {
                let known: Vec<&str> = whole.get_subcommands().map(Command::get_name).collect();
                complain(&format!("man {of}: there is no such command; there are {}", known.join(", ")));
                return super::exit::WRONG.into();
            }
        },
    };
    match page(command) {
        Ok(page) => print(&page),
        Err(error) => {
            complain(&format!("the manual page cannot be made: {error}"));
            super::exit::WRONG.into()
        }
    }
}

/// What `man` finds the page of a command by: `kehoach-audit`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// The manual page of a command.
fn page(command: &Command) -> std::io::Result<String> {
    let made = clap_mangen::Man::new(command.clone()).title(name(command));
    let mut out = Vec::new();
    made.render_title(&mut out)?;
    made.render_name_section(&mut out)?;
    made.render_synopsis_section(&mut out)?;
    made.render_description_section(&mut out)?;
    made.render_options_section(&mut out)?;
    if command.has_subcommands() {
        made.render_subcommands_section(&mut out)?;
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let whole = name(command) == env!("CARGO_PKG_NAME");
    let related = if whole { "" } else { ".SH SEE ALSO\n\\fBkehoach\\fR(1)\n" };
    Ok(format!("{}{}{related}", String::from_utf8_lossy(&out), examples(&help)))
}

/// Examples, and what else follows the options. Lines that are set in are kept as they are: a filled example cannot be copied.
fn examples(help: &str) -> String {
    let mut out = String::new();
    let mut kept = false;
    for line in help.lines() {
        let set_in = line.starts_with("  ");
        if set_in != kept {
            out.push_str(if set_in { ".nf\n" } else { ".fi\n" });
            kept = set_in;
        }
        let escaped = line.replace('\\', "\\e").replace('-', "\\-");
        match (line, line.strip_prefix("Exit codes: ")) {
            ("", _) => out.push_str(".PP\n"),
            ("Exit codes:", _) => out.push_str(".SH EXIT STATUS\n"),
            ("Example:" | "Examples:", _) => out.push_str(".SH EXAMPLES\n"),
            (_, Some(codes)) => out.push_str(&format!(".SH EXIT STATUS\n{codes}\n")),
            // A line that begins with a dot or a quotation mark would be an instruction.
            _ => out.push_str(&format!("\\&{escaped}\n")),
        }
    }
    if kept {
        out.push_str(".fi\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_has_no_contradictions() {
        Cli::command().debug_assert();
        visible().debug_assert();
    }

    #[test]
    fn examples_keep_their_lines() {
        let help = "Examples:\n  kehoach diff a.docx b.pdf\n\nExit codes: 0 done.";
        let wanted = ".SH EXAMPLES\n.nf\n\\&  kehoach diff a.docx b.pdf\n.fi\n.PP\n.SH EXIT STATUS\n0 done.\n";
        assert_eq!(examples(help), wanted);
        assert_eq!(examples("  .dot \\"), ".nf\n\\&  .dot \\e\n.fi\n");
    }
}
