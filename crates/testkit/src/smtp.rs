//! A mail server on loopback that takes mail and keeps it, or refuses it, as the recipient's name says.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A mail as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// Head and body.
    pub data: String,
}

/// The server. `busy@…` is answered with 451, `gone@…` with 550, everybody else is taken.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    /// Where it listens.
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    refused: Arc<Mutex<Vec<String>>>,
}

impl SmtpServer {
    /// Starts one. It serves until the process ends.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server =
            Self { address: listener.local_addr().unwrap(), received: Arc::default(), refused: Arc::default() };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                thread::spawn(move || serving.talk(&stream));
            }
        });
        server
    }

    /// Its URL for `--smtp`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What it took so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Whom it refused so far.
    pub fn refused(&self) -> Vec<String> {
        self.refused.lock().unwrap().clone()
    }

    fn talk(&self, stream: &TcpStream) {
        let mut answers = stream;
        let mut lines = BufReader::new(stream).split(b'\n');
        let mut answer = |words: &str| answers.write_all(format!("{words}\r\n").as_bytes()).is_ok();
        let mut mail = Received { from: String::new(), to: Vec::new(), data: String::new() };
        answer("220 sink.example ESMTP");
        while let Some(Ok(line)) = lines.next() {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let upper = line.to_uppercase();
            if upper.starts_with("EHLO") {
                answer("250-sink.example");
                answer("250 8BITMIME");
            } else if upper.starts_with("MAIL FROM") {
                mail = Received { from: address, to: Vec::new(), data: String::new() };
                answer("250 sender taken");
            } else if upper.starts_with("RCPT TO") {
                self.recipient(&mut mail, address, &mut answer);
            } else if upper.starts_with("DATA") {
                answer("354 go on");
                while let Some(Ok(line)) = lines.next() {
                    let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
                    if line == "." {
                        break;
                    }
                    mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    mail.data.push('\n');
                }
                self.received.lock().unwrap().push(mail.clone());
                answer("250 taken");
            } else if upper.starts_with("QUIT") {
                answer("221 bye");
                return;
            } else {
                answer("250 as you like");
            }
        }
    }

    fn recipient(&self, mail: &mut Received, address: String, answer: &mut dyn FnMut(&str) -> bool) {
        let words = match address.split('@').next() {
            Some("busy") => "451 the mailbox is busy, try later",
            Some("gone") => "550 no such mailbox",
            _ => {
                mail.to.push(address);
                answer("250 recipient taken");
                return;
            }
        };
        self.refused.lock().unwrap().push(address);
        answer(words);
    }
}
