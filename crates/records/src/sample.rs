//! One filled-in record of every kind, for the tests that walk all kinds through pack, export and erasure.

use clock::Nation;
use jiff::Timestamp;
use jiff::civil::date;

use crate::arrival::{Answers, Arrival, ArrivalWay, MailIn, Message, Pass, Track};
use crate::catalogue::DataCategory;
use crate::complaint::{Complaint, Finding, Outcome};
use crate::consultation::{Agreed, Consultation, Reply, Weighed};
use crate::house::{Charity, Holiday, Import, Place, PolicyVersion, Regulator, Service};
use crate::id::{BodyId, FileId, RecordId, ServiceId};
use crate::keeping::{Agreement, Closure, Disposal, Hold, HoldReason, HoldReview, PutForward};
use crate::kind::Kind;
use crate::mailing::{MailTry, Mailing};
use crate::people::{
    Channel, ContactDetail, Identity, Merge, ParentalResponsibility, Relation, Relationship, Safe, Warning, WarningKind,
};
use crate::personal::Personal;
use crate::record::Content;
use crate::requests::{AccessRequest, Details, Intake, ItemRef, Pack, Review, Search, Verdict};
use crate::staff::{Account, StaffRole};
use crate::wish::{Wish, WishKind, WishOutcome};
use crate::work::{
    Correction, Disclosure, Enrolment, Ground, Letter, LetterKind, NeededFact, Note, NoticeForm, NoticeGiven, Paper,
};

/// A filled-in record of the kind; every personal text in it holds `mark`, so that a search can find or miss it.
#[expect(clippy::too_many_lines, reason = "one sample for each kind")]
pub fn content(kind: Kind, other: FileId, service: ServiceId, mark: &str) -> Content {
    let at = Timestamp::UNIX_EPOCH;
    let day = date(2026, 3, 2);
    let text = |what: &str| Personal::new(format!("{what} {mark}"));
    let record = RecordId::from_bytes([1; 16]);
    let pass = || Pass { number: "K7MX-3P9Q".to_owned(), digest: "00".repeat(32) };
    let fact = || NeededFact { service, text: text("fact"), needed_for: text("the service") };
    match kind {
        Kind::Identity => Content::Identity(Identity {
            name: text("Ada"),
            preferred: Some(text("Addie")),
            born: Some(Personal::new(date(2014, 5, 6))),
            ..Identity::default()
        }),
        Kind::Contact => Content::Contact(ContactDetail {
            channel: Channel::Post,
            value: text("1 Example Street"),
            postcode: Some("ZZ1 1ZZ".into()),
            safe: Safe::Yes,
            mind: None,
            preferred: true,
        }),
        Kind::Relationship => Content::Relationship(Relationship {
            other,
            relation: Relation::Mother,
            parental_responsibility: ParentalResponsibility::Yes,
            remarks: Some(text("certificate seen")),
            same_household: true,
        }),
        Kind::Merge => Content::Merge(Merge { other, leads: true, because: text("same birthday and school") }),
        Kind::Warning => Content::Warning(Warning {
            warning: WarningKind::ProtectedAddress,
            text: text("never tell the address"),
            about: None,
            review: Some(day),
        }),
        Kind::Enrolment => Content::Enrolment(Enrolment {
            service,
            reason: text("short breaks"),
            started: day,
            ended: None,
            outcomes: vec![text("more confident")],
        }),
        Kind::Notice => Content::Notice(NoticeGiven {
            policy: None,
            given: Some((day, NoticeForm::EasyRead)),
            to: None,
            because: "first record".to_owned(),
        }),
        Kind::Note => Content::Note(Note {
            happened: at,
            title: text("Visit"),
            text: text("A good visit"),
            own_words: Some(text("I liked it")),
            service: Some(service),
            touches: vec![DataCategory::Health],
            concerns: vec![other],
        }),
        Kind::Correction => {
            Content::Correction(Correction { of: record, text: text("two brothers"), because: text("the mother says") })
        }
        Kind::Health => Content::Health(fact()),
        Kind::Financial => Content::Financial(fact()),
        Kind::Paper => Content::Paper(Paper {
            text: Some(text("Dear all")),
            original_at: Some(text("Cabinet 2")),
            needed_for: Some(text("to plan the visits")),
            hidden: vec![text("Author: somebody")],
            ..Paper::new("Letter from school", day)
        }),
        Kind::Disclosure => Content::Disclosure(Disclosure {
            on: day,
            to: text("the school"),
            what: text("dates of visits"),
            ground: Ground::Consent,
            how: "by letter".to_owned(),
        }),
        Kind::AccessRequest => Content::AccessRequest(Box::new(request(day, &text))),
        Kind::Wish => Content::Wish(Wish {
            request: record,
            viewing: Some(1),
            item: Some(ItemRef { file: other, record, version: 1 }),
            wish: WishKind::Change,
            words: text("it was a bus"),
            on: day,
            outcome: Some(WishOutcome { on: day, done: true, words: text("corrected"), by: None }),
        }),
        Kind::Closure => Content::Closure(Closure {
            left: day,
            rule: "keep:child/leaving".to_owned(),
            kept_for: "6 years".to_owned(),
            keep_until: date(2032, 3, 2),
            words: Some(text("moved away")),
            on: day,
            by: None,
            disposal: Some(PutForward {
                on: day,
                by: None,
                words: text("nothing is needed"),
                originals: true,
                agreed: Some(Agreement { on: day, by: None, from: day }),
            }),
            reopened: None,
        }),
        Kind::Hold => Content::Hold(Hold {
            because: HoldReason::Claim,
            words: text("a letter before claim"),
            until: None,
            review: day,
            on: day,
            by: None,
            reviews: vec![HoldReview { on: day, by: None, words: text("it goes on") }],
            lifted: None,
        }),
        Kind::Disposal => Content::Disposal(Disposal {
            reference: "DIS-2026-0001".to_owned(),
            class: crate::people::PersonClass::Child,
            left: day,
            rule: "keep:child/leaving".to_owned(),
            kept_for: "6 years".to_owned(),
            keep_until: day,
            put_forward: (day, None),
            agreed: (day, None),
            done: day,
            files: 1,
            records: 12,
            papers: 2,
            originals: false,
        }),
        Kind::Arrival => Content::Arrival(Box::new(Arrival {
            pass: pass(),
            way: ArrivalWay::Email,
            begun: at,
            sent: Some(at),
            answers: Answers { about: Some(text("my file")), ..Answers::default() },
            mail: Some(MailIn {
                from: text("ada@example.org"),
                subject: text("my file"),
                text: text("please"),
                original: BodyId::from_bytes([4; 16]),
                sha256: "00".repeat(32),
            }),
            messages: vec![Message { at, by: None, words: text("is it there?") }],
            set_aside: None,
        })),
        Kind::Track => Content::Track(Track {
            pass: pass(),
            of: record,
            messages: vec![Message { at, by: Some(other), words: text("it is") }],
        }),
        Kind::Consultation => Content::Consultation(Box::new(Consultation {
            request: record,
            items: vec![ItemRef { file: other, record, version: 1 }],
            passage: Some(text("she said at the door")),
            file: None,
            whom: Details { name: Some(text("Dr Example")), ..Details::default() },
            about: text("what was said about sleep"),
            asked: day,
            reply_by: day,
            chased: vec![day],
            letters: vec![record],
            reply: Some(Reply { on: day, agreed: Agreed::Partly, words: text("not the last line"), by: None }),
            weighed: Some(Weighed { on: day, give: true, reasons: text("they know it"), by: None }),
        })),
        Kind::Complaint => Content::Complaint(Box::new(Complaint {
            reference: "CMP-2026-0001".to_owned(),
            received: day,
            intake: Intake::Letter,
            by: None,
            details: Details::default(),
            about: text("nobody answered"),
            request: None,
            routed_to: "the Trustees".to_owned(),
            advice: None,
            policy: None,
            acknowledged: Some(day),
            enquiries: Vec::new(),
            outcome: Some(Outcome {
                on: day,
                finding: Finding::Upheld,
                findings: text("we were late"),
                actions: text("we answer now"),
            }),
            regulator: Vec::new(),
            withdrawn: None,
            events: Vec::new(),
        })),
        Kind::Search => Content::Search(Search {
            request: record,
            place: "Cabinet 2".to_owned(),
            terms: text("Ada"),
            done: Some(at),
            by: None,
            found: Some(text("nothing")),
        }),
        Kind::Review => Content::Review(Review {
            request: record,
            item: ItemRef { file: other, record, version: 1 },
            position: 1,
            verdict: Verdict::Give,
            withheld_for: None,
            covered: Vec::new(),
            turned_down: Vec::new(),
            undo: Vec::new(),
            boxes: Vec::new(),
            boxes_undo: Vec::new(),
            seen_pages: Vec::new(),
            as_images: None,
            known_to_them: None,
            remarks: Some(text("read twice")),
        }),
        Kind::Pack => Content::Pack(Pack {
            request: record,
            built: at,
            parts: vec![crate::requests::PackPart {
                file_name: "access-pack.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                body: BodyId::from_bytes([2; 16]),
                size: 1,
                sha256: String::new(),
            }],
            items: 1,
            left_out: 0,
            searched_for: 0,
            leaks: 0,
            fingerprint: String::new(),
            expires: at,
            download: None,
            archive: None,
            opened: vec![text("opened")],
        }),
        Kind::Letter => Content::Letter(Letter {
            letter: LetterKind::Acknowledgement,
            request: Some(record),
            dated: day,
            to: text("Ada, 1 Example Street"),
            channel: Channel::Post,
            paragraphs: vec![text("We have your letter")],
            sent: Some(at),
            mail: Some(Mailing {
                tries: vec![MailTry { at, said: text("250 taken") }],
                ..Mailing::new("ada@example.org".to_owned(), None, at)
            }),
        }),
        Kind::Account => Content::Account(Box::new(Account {
            roles: vec![StaffRole::FamilyWorker],
            ..Account::new(text("worker@example.org"))
        })),
        Kind::Charity => Content::Charity(Box::new(Charity {
            name: "Example Charity".to_owned(),
            registration: "0000000".to_owned(),
            address: vec!["1 Example Street".to_owned()],
            contact_email: "privacy@example.org".to_owned(),
            contact_phone: "01632 960000".to_owned(),
            nations: vec![Nation::EnglandAndWales],
            regulator: Regulator {
                name: "The regulator".to_owned(),
                address: Vec::new(),
                phone: String::new(),
                website: String::new(),
                checked: day,
            },
            demo: false,
            own_words: Vec::new(),
        })),
        Kind::Service => Content::Service(Service {
            id: service,
            name: "Short breaks".to_owned(),
            about: "Days out".to_owned(),
            needs: vec![DataCategory::Health],
            commissioner: None,
            ended: None,
        }),
        Kind::Policy => {
            Content::Policy(PolicyVersion { texts: Vec::new(), from: day, adopted_by: None, adopted_at: at })
        }
        Kind::Holiday => {
            Content::Holiday(Holiday { day, nations: vec![Nation::Scotland], name: "An added holiday".to_owned() })
        }
        Kind::Place => {
            Content::Place(Place { name: "Cabinet 2".to_owned(), holder: "the office".to_owned(), closed: false })
        }
        Kind::Import => Content::Import(Import {
            file_name: "people.csv".to_owned(),
            rows: 1,
            sha256: String::new(),
            service: None,
            remarks: vec![text("tried twice")],
            sheet: String::new(),
            list: None,
            undone: None,
        }),
    }
}

fn request(day: jiff::civil::Date, text: &dyn Fn(&str) -> Personal<String>) -> AccessRequest {
    let details = Details { name: Some(text("Ada")), ..Details::default() };
    let came = AccessRequest::new("REQ-2026-0001".to_owned(), day, Intake::Letter, details, "the Trustees".to_owned());
    AccessRequest {
        known_because: Some(text("her worker knows her")),
        late: Some(crate::requests::Late { on: day, because: text("the post was lost"), by: None }),
        ..came
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Provenance, Record};

    #[test]
    fn a_record_of_every_kind_comes_back_from_the_store_as_it_went() {
        let (other, service) = (FileId::from_bytes([3; 16]), ServiceId::from_bytes([4; 16]));
        for &kind in Kind::ALL {
            let content = content(kind, other, service, "zebra");
            assert_eq!(content.kind(), kind);
            let record = Record::new(Provenance::from_the_work(None, Timestamp::UNIX_EPOCH), content);
            assert_eq!(Record::from_store(&record.to_store()).unwrap(), record, "{kind:?}");
            let shown = format!("{record:?}");
            let house = crate::catalogue::entry(kind).classes == [crate::PersonClass::House];
            assert!(house || !shown.contains("zebra"), "{kind:?}: Debug shows personal text: {shown}");
        }
    }
}
