//! The demo's charity: its name, its four services, its policy.

use clock::Nation;
use jiff::ToSpan as _;
use jiff::civil::Date;
use records::ServiceId;
use records::catalogue::DataCategory as D;
use records::house::{Charity, Place, Service};

use crate::commands::init::regulator;

/// Its name.
pub const NAME: &str = "Lantern Sample Children's Charity";

/// The charity.
pub fn charity() -> Charity {
    Charity {
        name: NAME.to_owned(),
        registration: "a made-up charity, registered nowhere".to_owned(),
        address: ["The Old Ropeworks", "1 Lantern Row", "Sampleton", "ZZ1 1AA"].map(str::to_owned).to_vec(),
        contact_email: "privacy@lantern.example.org".to_owned(),
        contact_phone: "01632 960100".to_owned(),
        nations: vec![Nation::EnglandAndWales],
        regulator: regulator(),
        demo: true,
        own_words: Vec::new(),
    }
}

/// What a service of the demo does, so that its notes fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Days out for disabled children.
    ShortBreaks,
    /// Home visits.
    FamilySupport,
    /// Children who look after somebody.
    YoungCarers,
    /// Intensive help, under a contract with the council.
    StrongerFamilies,
}

impl Work {
    /// All four, in the order of [`services`].
    pub const ALL: [Self; 4] = [Self::ShortBreaks, Self::FamilySupport, Self::YoungCarers, Self::StrongerFamilies];
}

/// The four services, with ids that are given.
pub fn services(ids: [ServiceId; 4]) -> [Service; 4] {
    let [breaks, support, carers, stronger] = ids;
    let service = |id, name: &str, about: &str, needs: &[D]| Service {
        id,
        name: name.to_owned(),
        about: about.to_owned(),
        needs: needs.to_vec(),
        commissioner: None,
        ended: None,
    };
    [
        service(
            breaks,
            "Short breaks",
            "Days out and a Saturday club for disabled children, and a rest for their families.",
            &[D::Health],
        ),
        service(
            support,
            "Family support",
            "Somebody who comes to your home and helps with what is hard.",
            &[D::Health, D::Money],
        ),
        service(
            carers,
            "Young carers",
            "Time off, and somebody to talk to, for children who look after somebody.",
            &[],
        ),
        Service {
            commissioner: Some("Sampleshire Council".to_owned()),
            ..service(
                stronger,
                "Stronger families",
                "Close help for a few months, when things at home have become unsafe or too much.",
                &[D::Health, D::Money, D::Offences],
            )
        },
    ]
}

/// Places outside the book where records may lie.
pub fn places() -> [Place; 3] {
    let place = |name: &str, holder: &str| Place { name: name.to_owned(), holder: holder.to_owned(), closed: false };
    [
        place("Cabinet 2 in the office", "the administrator"),
        place("Shared drive, folder Families", "the service managers"),
        place("The duty telephone's messages", "whoever has the duty telephone"),
    ]
}

/// The policy: a starter policy with this charity's name and dates in it.
pub fn policy(today: Date) -> Vec<(String, String)> {
    let adopted = today.saturating_sub(14.months());
    let review = today.saturating_add(10.months());
    let texts = [
        ("lantern.md", include_str!("../../../../policies/kids-on-track.md")),
        ("lantern-easy-read.md", include_str!("../../../../policies/kids-on-track-easy-read.md")),
    ];
    texts
        .map(|(name, text)| {
            let text = text
                .replace("Kids on Track", NAME)
                .replace("policy: kids-on-track", "policy: lantern")
                .replace("of: kids-on-track", "of: lantern")
                .replace("adopted: 2024-06", &format!("adopted: {}", adopted.strftime("%Y-%m")))
                .replace("review: 2025-06", &format!("review: {}", review.strftime("%Y-%m")));
            (name.to_owned(), text)
        })
        .to_vec()
}
