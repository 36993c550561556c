//! One family told in full: Maya's. Her file has what makes an access request hard.

use book::{Act, Filing};
use jiff::ToSpan as _;
use jiff::civil::Date;
use records::catalogue::DataCategory;
use records::people::{Channel, ContactDetail, Relation, Safe, WarningKind};
use records::record::Source;
use records::work::{Disclosure, Ground, Note, Paper, PaperSort};
use records::{Content, FileId, PersonClass, Provenance};

use super::cast::{Family, Member};
use super::charity::Work;
use super::dice::Dice;
use super::story::{Story, at, working};

/// Maya, her brother, her mother, father and grandmother.
pub fn family(dice: &mut Dice, today: Date) -> Family {
    let safe_home = ("Flat 3, 18 Weir Gardens\nSampleton\nZZ4 7QT".to_owned(), "ZZ4 7QT".to_owned());
    let old_home = ("61 Tannery Walk\nOther Sampleton\nZZ9 2LB".to_owned(), "ZZ9 2LB".to_owned());
    let child = |dice: &mut Dice, name: &str, years: i32, days: i32| Member {
        born: Some(today.saturating_sub(years.years()).saturating_sub(days.days())),
        address: Some(safe_home.clone()),
        warned: true,
        ..Member::new(dice, PersonClass::Child, name)
    };
    let carer = |dice: &mut Dice, name: &str, relation, phone: &str, home: &(String, String)| Member {
        relation,
        phone: Some(phone.to_owned()),
        address: Some(home.clone()),
        warned: true,
        ..Member::new(dice, PersonClass::Carer, name)
    };
    let children = vec![child(dice, "Maya Brackenwell", 13, 140), child(dice, "Theo Brackenwell", 9, 31)];
    let carers = vec![
        Member {
            preferred: Some("Jo".to_owned()),
            former: Some("Joanna Harrowmere".to_owned()),
            email: Some("jo.b@example.org".to_owned()),
            ..carer(dice, "Joanna Brackenwell", Relation::Mother, "07700 900118", &safe_home)
        },
        carer(dice, "Carl Harrowmere", Relation::Father, "07700 900733", &old_home),
        Member {
            warned: false,
            ..carer(
                dice,
                "Iris Brackenwell",
                Relation::Grandparent,
                "01632 960552",
                &("4 Orchard Close\nSampleton\nZZ2 5HN".to_owned(), "ZZ2 5HN".to_owned()),
            )
        },
    ];
    Family {
        children,
        carers,
        work: Work::FamilySupport,
        joined: working(today.saturating_sub(830.days())),
        left: None,
        school: "Beacon Park High",
        doctor: "Dr Fernsby of Elm Surgery",
    }
}

/// What was written, by days before today, and by whom it is told.
const NOTES: &[(i32, &str, &str, &str)] = &[
    (
        826,
        "First visit at Weir Gardens",
        "Jo, Maya, Theo and I sat on boxes: they moved in on Friday with what fitted into Iris's car. Jo wants nobody to know the address. Went through the warning with her word by word. Maya made tea and corrected her mother's dates. Theo stayed under the table with a torch.",
        "We are not telling Dad. That's the rule now.",
    ),
    (
        811,
        "Maya and the new school",
        "Beacon Park High have a place from Monday. The head of year, Mrs Candlewick, knows that nobody but Jo or Iris collects her. Maya asked whether the register shows her old surname. It does; the school will change it.",
        "I don't want to be Harrowmere on the register.",
    ),
    (
        760,
        "Home visit: nights",
        "Maya sleeps in Jo's bed since the move, Theo on the sofa with the light on. Jo says that she herself lies awake and listens to the stairs. Talked about a second lock and whom to ring. Maya listened from the door, and I asked her in.",
        "",
    ),
    (
        702,
        "Call from Carl Harrowmere",
        "Mr Harrowmere rang the office on 07700 900733 and asked where Maya and Theo live and which school they go to. I said that I could not tell him whether we know them, and that a solicitor can write to us. He said that he would find them anyway. Told Tunde and rang the council's duty desk within the hour.",
        "",
    ),
    (
        644,
        "Walk with Maya",
        "Walked along the weir with Maya. She misses her father's dog and feels guilty about it. She thinks that she must look after Jo, because Jo cries in the bathroom with the tap on. Agreed with Maya what I may tell her mother: that nights are hard, nothing else.",
        "If I am cheerful she is cheerful. It's exhausting.",
    ),
    (
        588,
        "Meeting at Beacon Park High",
        "With Mrs Candlewick and Jo. Attendance 97 per cent, two detentions for homework. Theo's school has asked for the same arrangement at the gate. Leila Otterburrow's mother has offered to walk both girls home; Jo is glad.",
        "",
    ),
    (
        497,
        "Theo came along",
        "Theo came because Iris was at the dentist. He told me that Maya checks the door three times every night and that he counts for her. Maya was cross that he had told. They made it up over chips.",
        "He counts wrong anyway.",
    ),
    (
        380,
        "Jo has good news",
        "Jo has the job at the library, twenty hours. Money will be easier from next month; the arrears are down to £310. Maya is proud and will not say so. Iris has Theo on Wednesdays.",
        "",
    ),
    (
        233,
        "One to one with Maya",
        "Maya has begun to write things down in a book. She wants to know what we write down about her. Explained that she can ask to see it, what could be left out and why. She asked whether her father could ask too.",
        "So if he asked for mine, you'd tell me first?",
    ),
    (
        120,
        "Home visit: the door",
        "The checking is down to once a night. Theo has moved into his own room. Jo told me about a new friend, Steve, whom the children have not met. She does not want this passed on to anybody, least of all to Carl's family.",
        "",
    ),
    (
        61,
        "After the court day",
        "The order stays as it is: letters twice a year through the court's office, nothing else. Jo was shaking, Iris drove. Maya did not want to talk and taught me a card game instead.",
        "He looked smaller than I remembered. Mum said that, not me.",
    ),
    (
        26,
        "Review with the family",
        "Maya chairs the review herself with a list. Better: sleep, school, Theo. Not better: Sundays. She wants to go on once a month and to read her file with Jo before Christmas.",
        "I want to see all of it. Even the boring bits.",
    ),
];

/// Tells it.
pub fn tell(story: &mut Story<'_>, family: &Family, by: FileId) {
    let (maya, theo) = (family.children[0].file, family.children[1].file);
    let (jo, carl, iris) = (family.carers[0].file, family.carers[1].file, family.carers[2].file);
    warnings(story, family, by);
    let service = story.services[family.work as usize];
    for &(days, title, text, said) in NOTES {
        let day = working(story.today.saturating_sub(days.days()));
        let named = [("Theo", theo), ("Jo", jo), ("Harrowmere", carl), ("Carl", carl), ("Iris", iris)];
        let mut concerns: Vec<FileId> =
            named.iter().filter(|(name, _)| text.contains(name)).map(|(_, file)| *file).collect();
        concerns.dedup();
        let note = Note {
            happened: at(day, 15, 30),
            title: title.into(),
            text: text.into(),
            own_words: (!said.is_empty()).then(|| said.into()),
            service: Some(service),
            touches: if text.contains('£') { vec![DataCategory::Money] } else { Vec::new() },
            concerns,
        };
        story.add(at(day, 16, 45), Some(by), maya, Content::Note(note));
    }
    in_confidence(story, maya, by);
    papers(story, maya, by);
}

fn warnings(story: &mut Story<'_>, family: &Family, by: FileId) {
    let carl = family.carers[1].file;
    let when = at(family.joined, 9, 30);
    let safe_address = "Nobody may learn where the family lives, least of all Carl Harrowmere or his family. Never on an envelope, never on the telephone.";
    for child in &family.children {
        story.warn(when, by, child.file, (WarningKind::ProtectedAddress, safe_address), Some(carl));
        story.warn(when, by, child.file, (WarningKind::CourtOrder, "Contact with the father only by letter through the court's office. A copy of the order is in Cabinet 2."), Some(carl));
    }
    story.warn(when, by, family.carers[0].file, (WarningKind::ProtectedAddress, safe_address), Some(carl));
    story.warn(
        when,
        by,
        carl,
        (
            WarningKind::Safety,
            "Has threatened staff on the telephone. Do not meet alone, do not confirm that we know the family.",
        ),
        None,
    );
    let old = ContactDetail {
        channel: Channel::Phone,
        value: "01632 960419".into(),
        postcode: None,
        safe: Safe::No,
        mind: Some("The landline at Tannery Walk: Carl answers it.".into()),
        preferred: false,
    };
    story.add(when, Some(by), family.carers[0].file, Content::Contact(old));
}

/// What somebody outside told the charity, and asked it to keep to itself.
fn in_confidence(story: &mut Story<'_>, maya: FileId, by: FileId) {
    let day = working(story.today.saturating_sub(455.days()));
    let note = Note {
        happened: at(day, 12, 10),
        title: "Call from Dr Fernsby, in confidence".into(),
        text: "Dr Fernsby rang about Maya's mother: Jo has been to the surgery four times in six weeks and has been given something to help her sleep. Dr Fernsby asked us not to tell the family that she had rung, and to watch whether the mornings get harder for Maya.".into(),
        own_words: None,
        service: Some(story.services[Work::FamilySupport as usize]),
        touches: vec![DataCategory::Health],
        concerns: Vec::new(),
    };
    let provenance = Provenance {
        source: Source::Professional,
        source_name: Some("Dr Fernsby, Elm Surgery".into()),
        in_confidence: true,
        written_by: Some(by),
        written_at: at(day, 13, 0),
    };
    story.add_as(Act::RecordAdded, provenance, maya, Content::Note(note), Filing::default());
}

fn papers(story: &mut Story<'_>, maya: FileId, by: FileId) {
    let day = working(story.today.saturating_sub(300.days()));
    let report = Paper {
        text: Some("Beacon Park High\nMaya Brackenwell, Year 8\nMaya is a quick and funny member of the class who notices when others are left out. She sits with Leila Otterburrow in most lessons. On two mornings this term she was met at the gate by Mr Harrowmere's sister, Dawn Harrowmere, who was asked to leave. Attendance 97 per cent.\nA. Candlewick, Head of Year".into()),
        original_at: Some("Cabinet 2 in the office".into()),
        sort: PaperSort::School,
        needed_for: Some("to plan support at school".into()),
        ..Paper::new("Report from Beacon Park High", day)
    };
    story.add(at(day, 11, 15), Some(by), maya, Content::Paper(report));
    let day = working(story.today.saturating_sub(702.days()));
    let disclosure = Disclosure {
        on: day,
        to: "Sampleshire Council, Children's Services, duty desk".into(),
        what: "That Mr Harrowmere had rung and what he had said".into(),
        ground: Ground::Safeguarding,
        how: "telephone, then secure e-mail".to_owned(),
    };
    story.add(at(day, 17, 0), Some(by), maya, Content::Disclosure(disclosure));
}
