//! `guardbook serve`: the pages of a book, until somebody stops it.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use duties::Office;
use duties::accounts::first_run_token;
use tokio::net::TcpListener;
use web::app::{App, DemoSignIn, router};

use super::open::OpenArgs;
use crate::mail::MailArgs;
use crate::mailbox::{Mailbox, MailboxArgs};

/// Serve a book.
#[derive(Debug, Args)]
#[command(after_help = "Example: guardbook serve --book /srv/guardbook/book --listen 127.0.0.1:8080\n\
                        Put a server that speaks TLS in front of it and give --behind-tls: the cookie is then bound to it.")]
pub struct ServeArgs {
    #[command(flatten)]
    open: OpenArgs,
    /// The address to listen on.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", env = "GUARDBOOK_LISTEN")]
    listen: SocketAddr,
    /// The site is reached over TLS.
    #[arg(long, env = "GUARDBOOK_BEHIND_TLS")]
    behind_tls: bool,
    #[command(flatten)]
    mail: MailArgs,
    #[command(flatten)]
    mailbox: MailboxArgs,
}

/// Runs it.
pub async fn run(args: &ServeArgs, out: &mut dyn Write) -> io::Result<u8> {
    let carrier = args.mail.carrier()?;
    let mailbox = args.mailbox.mailbox()?;
    let listener = listen(args.listen).await?;
    let office = args.open.office().await?;
    if let Some(carrier) = carrier {
        office.mail_by(carrier);
    }
    let address = listener.local_addr()?;
    writeln!(out, "Guardbook serves {} on http://{address}", args.open.book.display())?;
    if let Some(token) = first_run_token(&office).await.map_err(io::Error::other)? {
        write!(out, "{}", first_run_words(address, args.behind_tls, &token))?;
    }
    out.flush()?;
    let fetching = mailbox.map(|mailbox| tokio::spawn(fetch_mail(office.clone(), mailbox)));
    serve(listener, office, Vec::new(), args.behind_tls).await?;
    if let Some(fetching) = fetching {
        fetching.abort();
    }
    Ok(0)
}

/// What the operator of a book without an account is told. The link is a secret: it is printed, and never logged.
fn first_run_words(address: SocketAddr, behind_tls: bool, token: &str) -> String {
    let host = if behind_tls { "https://YOUR-SITE".to_owned() } else { format!("http://{address}") };
    format!(
        "Nobody has an account yet. Whoever opens this link makes the first one, an administrator's:\n\n  \
         {host}/first-run/{token}\n\n\
         It works until there is an account. Start again to have a new one; the old one is then worth nothing.\n"
    )
}

/// Takes the address, or says what to do.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => io::Error::new(
            error.kind(),
            format!("{address} is taken by another program. Choose another address with --listen, for example --listen 127.0.0.1:8081."),
        ),
        kind => io::Error::new(kind, format!("{address}: {error}")),
    })
}

/// Serves until a signal comes, then lets open requests end.
pub async fn serve(listener: TcpListener, office: Office, demo: Vec<DemoSignIn>, secure: bool) -> io::Result<()> {
    office.read_papers_by(extract::Worker::new(std::env::current_exe()?));
    let keeping = tokio::spawn(keep_house(office.clone()));
    let post = tokio::spawn(carry_post(office.clone()));
    let app = App::new(office.clone(), demo, secure).await.map_err(io::Error::other)?;
    axum::serve(listener, router(app).into_make_service()).with_graceful_shutdown(stopped()).await?;
    keeping.abort();
    post.abort();
    office.book().close().await;
    Ok(())
}

/// What happens by itself: ended sign-ins and downloads go, what came in from outside and is over, files that two people
/// agreed to destroy, and how identities were proved; what is due is told.
async fn keep_house(office: Office) {
    let mut every = tokio::time::interval(Duration::from_mins(10));
    loop {
        every.tick().await;
        let now = office.now();
        if let Err(error) = office.book().drop_ended_sessions(now).await {
            tracing::error!(%error, "ended sign-ins could not be dropped");
        }
        if let Err(error) = office.book().drop_ended_bodies(now).await {
            tracing::error!(%error, "ended downloads could not be dropped");
        }
        if let Err(error) = duties::reminders::remind(&office).await {
            tracing::error!(%error, "what is due could not be told");
        }
        if let Err(error) = duties::keeping::carry_out(&office).await {
            tracing::error!(%error, "what two people agreed to destroy could not be destroyed");
        }
        if let Err(error) = duties::keeping::forget_proofs(&office).await {
            tracing::error!(%error, "how identities were proved could not be forgotten");
        }
        if let Err(error) = duties::portal::tidy(&office).await {
            tracing::error!(%error, "what came in and is over could not be erased");
        }
    }
}

/// The outbox: looked through when something is put into it, and every minute for what is tried again.
async fn carry_post(office: Office) {
    loop {
        if let Err(error) = duties::post::deliver(&office).await {
            tracing::error!(%error, "the post could not be carried");
        }
        let _ = tokio::time::timeout(Duration::from_mins(1), office.await_post()).await;
    }
}

/// The charity's mailbox for requests: looked into every five minutes.
async fn fetch_mail(office: Office, mailbox: Mailbox) {
    let mut every = tokio::time::interval(Duration::from_mins(5));
    loop {
        every.tick().await;
        if let Err(error) = mailbox.fetch(&office).await {
            tracing::error!(%error, "the mailbox could not be read");
        }
    }
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! { _ = interrupted => {}, () = ended => {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_of_the_first_run_is_at_the_address_that_the_operator_opens() {
        let address = SocketAddr::from(([127, 0, 0, 1], 8080));
        assert!(first_run_words(address, false, "abc").contains("http://127.0.0.1:8080/first-run/abc"));
        assert!(first_run_words(address, true, "abc").contains("https://YOUR-SITE/first-run/abc"));
    }
}
