//! The executable: demo, init, serve, import, verify and the other commands.

mod commands;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The records of a children's charity, and the policy that says what happens to them, in one program.
#[derive(Debug, Parser)]
#[command(name = "guardbook", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Work out a time limit, and say why.
    Clock(commands::clock::ClockArgs),
    /// Check a policy, or publish it as notices.
    Policy(commands::policy::PolicyArgs),
}

/// Something in the program itself failed.
const INTERNAL: u8 = 3;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match &cli.command {
        Command::Clock(args) => commands::clock::run(args, &mut out, &mut io::stdin().lock()),
        Command::Policy(args) => commands::policy::run(args, &mut out),
    };
    let done = done.and_then(|code| out.flush().map(|()| code));
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "guardbook: {error}");
            ExitCode::from(INTERNAL)
        }
    }
}
