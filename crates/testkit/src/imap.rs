//! A mailbox on loopback, with as much of IMAP (RFC 3501) as reading what is unread needs.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A mail in the box, and whether it is read.
type Kept = (Vec<u8>, bool);

/// The server. It takes any name and the password `secret`.
#[derive(Clone, Debug)]
pub struct ImapServer {
    /// Where it listens.
    pub address: SocketAddr,
    mails: Arc<Mutex<Vec<Kept>>>,
}

impl ImapServer {
    /// Starts one with some unread mails. It serves until the process ends.
    pub fn start(mails: &[&[u8]]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let kept = mails.iter().map(|mail| (mail.to_vec(), false)).collect();
        let server = Self { address: listener.local_addr().unwrap(), mails: Arc::new(Mutex::new(kept)) };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                thread::spawn(move || serving.talk(&stream));
            }
        });
        server
    }

    /// Its URL for `--imap`.
    pub fn url(&self) -> String {
        format!("imap://{}", self.address)
    }

    /// How many are unread.
    pub fn unread(&self) -> usize {
        self.mails.lock().unwrap().iter().filter(|(_, read)| !read).count()
    }

    fn talk(&self, stream: &TcpStream) {
        let mut out = stream;
        let mut lines = BufReader::new(stream).lines();
        let mut say = |words: &[u8]| out.write_all(words).is_ok();
        say(b"* OK a mailbox\r\n");
        while let Some(Ok(line)) = lines.next() {
            let (tag, rest) = line.split_once(' ').unwrap_or((&line, ""));
            let upper = rest.to_uppercase();
            let mut answer = self.answer(&upper, rest);
            answer.extend_from_slice(format!("{tag} {}\r\n", Self::verdict(&upper, rest)).as_bytes());
            if !say(&answer) || upper.starts_with("LOGOUT") {
                return;
            }
        }
    }

    fn verdict(upper: &str, rest: &str) -> &'static str {
        if upper.starts_with("LOGIN") && !rest.contains("\"secret\"") { "NO wrong password" } else { "OK done" }
    }

    fn answer(&self, upper: &str, rest: &str) -> Vec<u8> {
        let mut mails = self.mails.lock().unwrap();
        let uid = || rest.split(' ').nth(2).and_then(|uid| uid.parse::<usize>().ok()).unwrap_or(0);
        if upper.starts_with("SELECT") {
            return format!("* {} EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] valid\r\n", mails.len())
                .into_bytes();
        }
        if upper.starts_with("UID SEARCH") {
            let unread: Vec<String> = (1..)
                .zip(mails.iter())
                .filter(|(_, (_, read))| !read)
                .map(|(number, _): (usize, _)| number.to_string())
                .collect();
            return format!("* SEARCH {}\r\n", unread.join(" ")).into_bytes();
        }
        if upper.starts_with("UID FETCH") {
            let number = uid();
            let Some((mail, _)) = number.checked_sub(1).and_then(|place| mails.get(place)) else { return Vec::new() };
            let mut answer = format!("* {number} FETCH (UID {number} BODY[] {{{}}}\r\n", mail.len()).into_bytes();
            answer.extend_from_slice(mail);
            answer.extend_from_slice(b")\r\n");
            return answer;
        }
        if upper.starts_with("UID STORE") && upper.contains("\\SEEN") {
            let number = uid();
            if let Some((_, read)) = number.checked_sub(1).and_then(|place| mails.get_mut(place)) {
                *read = true;
            }
            return format!("* {number} FETCH (UID {number} FLAGS (\\Seen))\r\n").into_bytes();
        }
        Vec::new()
    }
}
