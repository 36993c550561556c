//! The executable: demo, init, serve, import, verify and the other commands.

mod commands;
mod demo;
mod mail;
mod mailbox;
mod system_clock;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// The records of a children's charity, and the policy that says what happens to them, in one program.
#[derive(Debug, Parser)]
#[command(name = "guardbook", version, arg_required_else_help = true)]
#[command(
    after_help = "Example: guardbook demo\nExit codes: 0 done, 1 the answer is no, 2 the question makes no sense, 3 the program failed."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look at a made-up charity.
    Demo(commands::demo::DemoArgs),
    /// Make a new book.
    Init(commands::init::InitArgs),
    /// Serve a book's pages.
    Serve(commands::serve::ServeArgs),
    /// Bring people in from a table.
    People(commands::people::PeopleArgs),
    /// Find personal data in notes and papers.
    Detect(commands::detect::DetectArgs),
    /// Bring a folder of papers in.
    Papers(commands::papers::PapersArgs),
    /// Check that the ledger holds.
    Verify(commands::verify::VerifyArgs),
    /// Check the invariants of the store.
    Fsck(commands::verify::FsckArgs),
    /// Work out a time limit, and say why.
    Clock(commands::clock::ClockArgs),
    /// Check a policy, or publish it as notices.
    Policy(commands::policy::PolicyArgs),
    /// Read one paper behind walls; the program starts itself so, and never gets here.
    #[command(name = "paper-worker", hide = true)]
    PaperWorker,
}

/// The question makes no sense.
const USAGE: u8 = 2;
/// Something in the program itself failed.
const INTERNAL: u8 = 3;

/// A child that reads papers goes behind its walls before anything else begins: no runtime, no thread, no log.
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(extract::child::ARGUMENT) {
        return extract::child::run(&arguments.collect::<Vec<_>>());
    }
    serve_command_line()
}

#[tokio::main]
async fn serve_command_line() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("GUARDBOOK_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    quiet_panics();
    let mut out = BufWriter::new(io::stdout());
    let done = run(&cli.command, &mut out).await;
    let done = done.and_then(|code| out.flush().map(|()| code));
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "guardbook: {error}");
            ExitCode::from(if error.kind() == io::ErrorKind::InvalidInput { USAGE } else { INTERNAL })
        }
    }
}

async fn run(command: &Command, out: &mut dyn Write) -> io::Result<u8> {
    match command {
        Command::Demo(args) => commands::demo::run(args, out).await,
        Command::Init(args) => commands::init::run(args, out).await,
        Command::Serve(args) => commands::serve::run(args, out).await,
        Command::People(args) => commands::people::run(args, out).await,
        Command::Detect(args) => commands::detect::run(args, out),
        Command::Papers(args) => commands::papers::run(args, out).await,
        Command::Verify(args) => commands::verify::run(args, out).await,
        Command::Fsck(args) => commands::verify::fsck(args, out).await,
        Command::Clock(args) => commands::clock::run(args, out, &mut io::stdin().lock()),
        Command::Policy(args) => commands::policy::run(args, out),
        Command::PaperWorker => Ok(USAGE),
    }
}

/// A panic says where it happened and nothing of what was in hand: that could be somebody's name.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "the program met a fault");
    }));
}
