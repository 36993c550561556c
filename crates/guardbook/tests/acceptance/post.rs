//! Letters by e-mail: K2. The last step runs the program itself against a mail server on loopback.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use book::{Place, RootSecret};
use duties::Office;
use duties::post::{Carrier, CarryError, Mail, deliver};
use jiff::SignedDuration;
use records::mailing::MailEnd;
use records::people::{Channel, ContactDetail, Safe};
use records::work::Letter;
use records::{Content, FileId, Kind};
use testkit::TestOffice;
use testkit::imap::ImapServer;
use testkit::smtp::SmtpServer;

use crate::browser::Browser;
use crate::requests::{LETTER, lead_and_child, letter_but, record};

/// Keeps what it is given, and answers as it was told.
#[derive(Default)]
pub struct Bag {
    mails: Mutex<Vec<Mail>>,
    answer: Mutex<Option<CarryError>>,
}

impl Bag {
    pub fn at(office: &TestOffice) -> Arc<Self> {
        let bag = Arc::new(Self::default());
        office.office.mail_by(Arc::<Self>::clone(&bag));
        bag
    }

    fn says(&self, answer: Option<CarryError>) {
        *self.answer.lock().unwrap() = answer;
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }
}

impl Carrier for Bag {
    fn carry(&self, mail: &Mail) -> Result<(), CarryError> {
        self.mails.lock().unwrap().push(mail.clone());
        self.answer.lock().unwrap().clone().map_or(Ok(()), Err)
    }

    fn describe(&self) -> String {
        "a bag".to_owned()
    }
}

fn way(channel: Channel, value: &str, safe: Safe, preferred: bool) -> Content {
    Content::Contact(ContactDetail { channel, value: value.into(), postcode: None, safe, mind: None, preferred })
}

async fn letters(office: &Office) -> Vec<Letter> {
    let all = office.book().all_of_kind(Kind::Letter).await.unwrap();
    all.into_iter()
        .filter_map(|opened| match opened.record.content {
            Content::Letter(letter) => Some(letter),
            _ => None,
        })
        .collect()
}

async fn newest_letter(office: &TestOffice) -> String {
    let all = office.office.book().all_of_kind(Kind::Letter).await.unwrap();
    all.iter().map(|opened| opened.header.id).max().unwrap().to_string()
}

/// A request of a child's own that came by e-mail, acknowledged: the address of its letter.
async fn acknowledged(office: &TestOffice, browser: &Browser, child: FileId, email: &'static str) -> String {
    let reference =
        record(browser, child, &letter_but(&[("intake", "email"), ("email", email), ("address", "")])).await;
    let done = browser.post(&format!("/requests/{reference}/acknowledge"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page());
    format!("/requests/{reference}/letters/{}", newest_letter(office).await)
}

#[tokio::test]
async fn k2_letters_name_who_to_write_to_and_go_by_the_way_that_they_prefer_or_not_at_all() {
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    let bag = Bag::at(&office);
    // They wrote a letter, and said before that they would rather have e-mail.
    office.add(child, way(Channel::Email, "ada@example.org", Safe::Yes, true)).await;
    office.add(child, way(Channel::Post, "9 Made-up Road\nOldtown", Safe::Yes, false)).await;
    let reference = record(&browser, child, &LETTER).await;
    browser.post(&format!("/requests/{reference}/acknowledge"), &[]).await;
    let at = format!("/requests/{reference}/letters/{}", newest_letter(&office).await);
    let page = browser.open(&at).await;
    assert!(page.says("privacy@lantern.example.org"), "who to write to");
    assert!(page.says("Send by e-mail") && page.says("it goes to ada@example.org alone"), "{}", page.page());
    let queued = browser.post(&at, &[("deed", "mail")]).await;
    assert!(browser.open(&queued.to).await.says("It is in the outbox"));
    assert!(browser.open("/outbox").await.says(&reference));
    assert!(browser.post(&at, &[("deed", "sent")]).await.to.ends_with(&at), "it would go out twice");

    assert_eq!(deliver(&office.office).await.unwrap(), 1);
    let [mail] = &bag.mails()[..] else { panic!("one mail") };
    assert_eq!((mail.to.as_str(), mail.reply_to.as_str()), ("ada@example.org", "privacy@lantern.example.org"));
    assert_eq!(mail.subject, format!("A letter for you, reference {reference}"));
    assert!(!mail.subject.contains("Ada") && !mail.text.lines().take(4).any(|line| line.contains("Ada")));
    assert!(mail.text.contains("Thank you for your request") && mail.text.contains("privacy@lantern.example.org"));
    let paper = mail.attachment.as_ref().unwrap();
    assert!(paper.bytes.starts_with(b"%PDF") && paper.name == format!("{reference}.pdf"));
    let text = lopdf::Document::load_mem(&paper.bytes).unwrap().extract_text(&[1]).unwrap();
    assert!(text.contains("Ada Sample"), "{text}");
    assert!(browser.open(&at).await.says("Sent by e-mail to ada@example.org"));
    assert_eq!(deliver(&office.office).await.unwrap(), 0, "once is enough");

    // Post is what another person prefers; no mail goes to them, whatever address is known.
    let other = office.child("Bea Sample", jiff::civil::date(2010, 7, 8)).await;
    office.add(other, way(Channel::Post, "1 Quiet Lane\nOldtown", Safe::Yes, true)).await;
    office.add(other, way(Channel::Email, "bea@example.org", Safe::Yes, false)).await;
    let at = acknowledged(&office, &browser, other, "bea@example.org").await;
    assert!(!browser.open(&at).await.says("Send by e-mail"));
    browser.post(&at, &[("deed", "mail")]).await;
    assert_eq!((deliver(&office.office).await.unwrap(), bag.mails().len()), (0, 1));
}

#[tokio::test]
async fn k2_an_address_that_became_unsafe_or_old_is_not_written_to_even_from_the_outbox() {
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    let bag = Bag::at(&office);
    let at = acknowledged(&office, &browser, child, "ada@example.org").await;
    browser.post(&at, &[("deed", "mail")]).await;
    // Between the click and the post somebody learns that he reads this mailbox.
    office.add(child, way(Channel::Email, "Ada@Example.org", Safe::No, false)).await;
    deliver(&office.office).await.unwrap();
    assert!(bag.mails().is_empty());
    let page = browser.open(&at).await;
    assert!(page.says("Not sent: the address has changed") && page.says("Do not send it as it is"), "{}", page.page());
    assert!(!page.says("Send by e-mail"));
    assert!(browser.open("/outbox").await.says("Not sent: the address has changed"));
    assert!(browser.open("/today").await.says("Acknowledgement"), "it is somebody's work again");

    // An address that is in the file and that nobody asked about is not enough.
    let unsure = office.child("Cy Sample", jiff::civil::date(2010, 7, 8)).await;
    office.add(unsure, way(Channel::Email, "cy@example.org", Safe::NotAsked, false)).await;
    let at = acknowledged(&office, &browser, unsure, "").await;
    assert!(browser.open(&at).await.says("Nobody has asked whether this e-mail address is safe"));
    browser.post(&at, &[("deed", "mail")]).await;
    assert_eq!(deliver(&office.office).await.unwrap(), 0);
}

#[tokio::test]
async fn a_letter_is_tried_again_until_it_is_taken_and_one_that_comes_back_is_work_again() {
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    let bag = Bag::at(&office);
    let at = acknowledged(&office, &browser, child, "ada@example.org").await;
    browser.post(&at, &[("deed", "mail")]).await;
    bag.says(Some(CarryError::Later("451 the mailbox is busy".to_owned())));
    assert_eq!(deliver(&office.office).await.unwrap(), 1);
    assert_eq!(deliver(&office.office).await.unwrap(), 0, "not before the wait is over");
    let page = browser.open(&at).await;
    assert!(page.says("Tried once") && page.says("451 the mailbox is busy"), "{}", page.page());
    office.clock.advance(SignedDuration::from_mins(2));
    bag.says(None);
    assert_eq!(deliver(&office.office).await.unwrap(), 1);
    let mails = bag.mails();
    assert_eq!(mails[0].id, mails[1].id, "mail programs know it again");
    let [letter] = &letters(&office.office).await[..] else { panic!("one letter") };
    assert_eq!(letter.mail.as_ref().unwrap().end, Some(MailEnd::Sent));
    assert!(letter.sent.is_some());

    // The bounce comes to the charity's mailbox hours later.
    assert!(browser.post(&at, &[("deed", "came-back")]).await.to.ends_with("done=came-back"));
    let page = browser.open(&at).await;
    assert!(page.says("It did not reach them") && page.says("Send by e-mail"), "{}", page.page());
    assert!(browser.open("/today").await.says("Acknowledgement"));
    // Put there once more, and taken out before it goes.
    browser.post(&at, &[("deed", "mail")]).await;
    browser.post(&at, &[("deed", "take-out")]).await;
    assert_eq!(deliver(&office.office).await.unwrap(), 0);
    // Three days of no are enough.
    browser.post(&at, &[("deed", "mail")]).await;
    bag.says(Some(CarryError::Later("451 still busy".to_owned())));
    for _ in 0..20 {
        deliver(&office.office).await.unwrap();
        office.clock.advance(SignedDuration::from_hours(25));
    }
    assert_eq!(letters(&office.office).await[0].mail.as_ref().unwrap().end, Some(MailEnd::CameBack));
    assert!(office.office.book().verify(&[]).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn k2_every_letter_is_looked_at_with_words_that_are_not_saved_yet() {
    let office = TestOffice::under("kids").await;
    let admin = Browser::of(&office, &office.administrator().await).await;
    for kind in records::work::LetterKind::ALL {
        let at = format!("/admin/letters/{}", kind.slug());
        let page = admin.open(&at).await;
        assert!(page.says("An example, with these words"), "{kind:?}: {}", page.page());
        let example = page.page().split("id=\"example\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned();
        assert!(example.matches("<p").count() >= 2, "{kind:?}: {example}");
        assert!(!example.contains("  "), "{kind:?}: a gap in the middle of a line: {example}");
        let words = [("opening", "Dear friend,"), ("closing", "With kind wishes"), ("deed", "look")];
        let looked = admin.post(&at, &words).await;
        assert_eq!(looked.status, StatusCode::OK);
        let example = looked.page().split("id=\"example\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned();
        let (opening, closing) = (example.find("Dear friend,").unwrap(), example.find("With kind wishes").unwrap());
        assert!(opening < closing, "{kind:?}");
    }
    assert!(office.office.house().await.unwrap().charity.1.own_words.is_empty(), "looking saves nothing");
    let lead = Browser::of(&office, &office.data_protection_lead().await).await;
    assert_eq!(lead.post("/admin/letters/fee", &[("deed", "look")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn k2_a_charity_says_letters_in_its_own_words_and_what_must_stand_in_them_stays() {
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    let admin = Browser::of(&office, &office.administrator().await).await;
    assert!(admin.open("/admin/letters").await.says("Acknowledgement"));
    let own = [("opening", "Dear Ada,"), ("closing", "Yours sincerely\nthe Lantern team")];
    assert_eq!(admin.post("/admin/letters/acknowledgement", &own).await.status, StatusCode::SEE_OTHER);
    assert!(admin.open("/admin/letters").await.says("At the beginning and at the end"));
    assert!(admin.open("/admin/letters/acknowledgement").await.says("the Lantern team"));
    assert_eq!(admin.open("/admin/letters/love-letter").await.status, StatusCode::NOT_FOUND);

    let at = acknowledged(&office, &browser, child, "ada@example.org").await;
    let letter = browser.open(&at).await;
    let page = letter.page();
    assert!(page.find("Dear Ada,").unwrap() < page.find("Thank you for your request").unwrap());
    assert!(page.find("the regulator").unwrap() < page.find("Yours sincerely").unwrap());
    // One letter is changed before it goes; whom to write to stays in it.
    let words = format!("{at}/words");
    assert!(browser.open(&words).await.says("This must stay in the letter: privacy@lantern.example.org"));
    let bare = browser.post(&words, &[("words", "Hello Ada.\nWe are on it.")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.says("This must stand in the letter") && bare.says("We are on it."), "{}", bare.page());
    let changed = [("words", "Hello Ada.\n\nWe are on it. Write to privacy@lantern.example.org.")];
    assert!(browser.post(&words, &changed).await.to.ends_with("?done=changed"));
    let letter = browser.open(&at).await;
    assert!(letter.says("We are on it.") && !letter.says("Thank you for your request"));
    let word = browser.open(&format!("{at}.docx")).await;
    assert!(word.bytes.starts_with(b"PK") && word.kind.contains("wordprocessingml"));
    browser.post(&at, &[("deed", "sent")]).await;
    assert!(browser.post(&words, &changed).await.says("Its words stay"));
    let worker = Browser::of(&office, &office.family_worker().await).await;
    assert_ne!(worker.post("/admin/letters/acknowledgement", &own).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_administrator_sees_whether_mail_leaves_and_what_the_server_says() {
    let office = TestOffice::under("kids").await;
    let admin = Browser::of(&office, &office.administrator().await).await;
    assert!(admin.open("/admin/email").await.says("No mail server is set up"));
    let bag = Bag::at(&office);
    assert!(admin.open("/admin").await.says("/admin/email"));
    assert!(admin.post("/admin/email", &[]).await.says("The mail server took it"));
    let [mail] = &bag.mails()[..] else { panic!("one mail") };
    assert!(mail.attachment.is_none() && mail.subject == "A test from Guardbook");
    bag.says(Some(CarryError::Never("535 wrong password".to_owned())));
    assert!(admin.post("/admin/email", &[]).await.says("535 wrong password"));
    let worker = Browser::of(&office, &office.family_worker().await).await;
    assert_ne!(worker.post("/admin/email", &[]).await.status, StatusCode::OK);
    assert_eq!(bag.mails().len(), 2);
}

struct Program(Child);

impl Program {
    /// The program itself on the book of an office, which is closed first.
    async fn on(office: &TestOffice, options: &[&str]) -> Self {
        office.office.book().close().await;
        let folder = office.folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_guardbook"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(options);
        command.arg("--book").arg(folder.join("book")).arg("--root-key").arg(folder.join("root.key"));
        Self(command.env("GUARDBOOK_IMAP_PASSWORD", "secret").stdout(Stdio::null()).spawn().unwrap())
    }

    /// Ends it, and opens the book again.
    async fn end(self, office: &TestOffice) -> Office {
        drop(self);
        let folder = office.folder.path();
        let root = RootSecret::from_key_file(&folder.join("root.key")).unwrap();
        let clock = Arc::<testkit::FrozenClock>::clone(&office.clock);
        Office::open(&Place::folder(folder.join("book")), &root, clock).await.unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn k2_the_program_hands_letters_to_a_real_mail_server_one_recipient_each() {
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    let _bag = Bag::at(&office);
    for email in ["ada@example.org", "gone@example.org", "busy@example.org"] {
        let at = acknowledged(&office, &browser, child, email).await;
        browser.post(&at, &[("deed", "mail")]).await;
    }
    let server = SmtpServer::start();
    let options = ["--mail-from", "office@lantern.example.org", "--smtp", &server.url()];
    let program = Program::on(&office, &options).await;
    // On a working morning the program also reminds the lead of what is late: that is no letter.
    let letters_taken = || -> Vec<_> {
        let taken = server.received().into_iter();
        taken.filter(|mail| mail.to.iter().all(|to| !to.ends_with("@lantern.example.org"))).collect()
    };
    let mut patience = 1_200;
    while letters_taken().is_empty() || server.refused().len() < 2 {
        patience -= 1;
        assert!(patience > 0, "no mail came within two minutes");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // The answer is written down after the server gave it.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let again = program.end(&office).await;

    let [mail] = &letters_taken()[..] else { panic!("one letter was taken") };
    assert_eq!((mail.from.as_str(), &mail.to[..]), ("office@lantern.example.org", &["ada@example.org".to_owned()][..]));
    for words in ["Subject: A letter for you, reference ", "Reply-To: privacy@lantern.example.org", "Message-ID: <"] {
        assert!(mail.data.contains(words), "{words}: {}", mail.data);
    }
    assert!(!mail.data.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("Cc:")));
    let ends: Vec<_> = letters(&again).await.into_iter().map(|letter| letter.mail.unwrap().end).collect();
    for end in [Some(MailEnd::Sent), Some(MailEnd::CameBack), None] {
        assert!(ends.contains(&end), "{ends:?}");
    }
}

#[tokio::test]
async fn k19_the_program_brings_in_what_comes_to_the_mailbox_for_requests_once() {
    let office = TestOffice::under("kids").await;
    let mail = |subject: &str| {
        format!(
            "From: Ada Sample <ada@example.org>\r\nTo: privacy@lantern.example.org\r\nSubject: {subject}\r\n\
             Content-Type: text/plain\r\n\r\nPlease send me what you have. {subject}\r\n"
        )
    };
    let (one, two) = (mail("My file"), mail("And my photos"));
    // The last one came twice.
    let server = ImapServer::start(&[one.as_bytes(), two.as_bytes(), two.as_bytes()]);
    let options = ["--imap", &server.url(), "--imap-user", "requests"];
    let program = Program::on(&office, &options).await;
    let mut patience = 1_200;
    while server.unread() > 0 {
        patience -= 1;
        assert!(patience > 0, "the mailbox was not read within two minutes");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let again = program.end(&office).await;
    let all = again.book().all_of_kind(Kind::Arrival).await.unwrap();
    let subjects: Vec<String> = all
        .into_iter()
        .filter_map(|opened| match opened.record.content {
            Content::Arrival(arrival) => arrival.mail.map(|mail| mail.subject.for_page().clone()),
            _ => None,
        })
        .collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(subjects.contains(&"My file".to_owned()) && subjects.contains(&"And my photos".to_owned()));
}
