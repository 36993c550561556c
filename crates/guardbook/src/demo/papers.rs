//! Papers of the demonstration as files: made when it is made, and brought in and read like all others.
//!
//! Each names people who are not in the book, or hides something: what makes releasing a paper hard.

mod drawn;
mod packed;

use duties::notes::{OneImport, PaperAnswers, Upload};
use jiff::ToSpan as _;
use jiff::civil::Date;
use records::work::PaperSort;
use records::{FileId, Source};

use super::cast::Family;
use super::story::{Deed, Story, What, at, working};
use drawn::{Sheet, pdf, scan};
use packed::{mail, word, workbook};

/// A file that came, and what is said of it.
#[derive(Debug)]
pub struct Coming {
    /// What is said of it; its bytes are still to be made.
    pub one: OneImport,
    made: Made,
}

impl Coming {
    /// The file as it came.
    pub fn arrived(self) -> OneImport {
        let Self { mut one, made } = self;
        one.upload.bytes = made.bytes();
        one
    }
}

/// How a file is made: late, since the story is told more often than the files are needed.
#[derive(Debug)]
enum Made {
    Assessment,
    SupportPlan,
    GateList,
    GateMail,
    Neighbour,
    SchoolReport { school: &'static str, child: String },
}

impl Made {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Assessment => assessment(),
            Self::SupportPlan => support_plan(),
            Self::GateList => gate_list(),
            Self::GateMail => gate_mail(),
            Self::Neighbour => neighbour(),
            Self::SchoolReport { school, child } => school_report(school, child),
        }
    }
}

/// What is said of a file that came.
struct Came {
    days: i32,
    title: &'static str,
    file_name: &'static str,
    sort: PaperSort,
    needed_for: &'static str,
    from: (Source, &'static str),
    in_confidence: bool,
    made: Made,
}

/// Maya's papers, and one in the files of some other children.
pub fn tell(story: &mut Story<'_>, hero: &Family, families: &[Family], by: FileId) {
    let maya = hero.children[0].file;
    let concerns = vec![hero.carers[0].file];
    for came in of_maya() {
        let day = working(story.today.saturating_sub(came.days.days()));
        put(story, day, by, maya, &concerns, came);
    }
    for (turn, family) in families.iter().filter(|family| family.left.is_none()).take(6).enumerate() {
        let Some(child) = family.children.first() else { continue };
        let days = 9 + 7 * i32::try_from(turn).unwrap_or(0);
        let day = working(story.today.saturating_sub(days.days()));
        if day <= family.joined.saturating_add(7.days()) {
            continue;
        }
        let writer = story.writer(family.work, turn);
        let came = Came {
            days,
            title: "School report",
            file_name: "report.pdf",
            sort: PaperSort::School,
            needed_for: "to plan our work with the family",
            from: (Source::Organisation, family.school),
            in_confidence: false,
            made: Made::SchoolReport { school: family.school, child: child.called().to_owned() },
        };
        put(story, day, writer, child.file, &[], came);
    }
}

fn put(story: &mut Story<'_>, day: Date, by: FileId, file: FileId, concerns: &[FileId], came: Came) {
    let answers = PaperAnswers {
        sort: came.sort,
        dated: format!("{} {} {}", day.day(), day.month(), day.year()),
        concerns: concerns.to_vec(),
        source: came.from.0,
        source_name: came.from.1.to_owned(),
        in_confidence: came.in_confidence,
        ..PaperAnswers::for_purpose(came.needed_for)
    };
    let upload = Upload { file_name: came.file_name.to_owned(), bytes: Vec::new() };
    let one = OneImport { file, title: came.title.to_owned(), answers, upload };
    let coming = Coming { one, made: came.made };
    story.deeds.push(Deed { at: at(day, 11, 25), by: Some(by), what: What::Bring(Box::new(coming)) });
}

const COUNCIL: (Source, &str) = (Source::Organisation, "Sampleshire Council, Children's Services");
const SCHOOL: (Source, &str) = (Source::Organisation, "Beacon Park High");

fn of_maya() -> Vec<Came> {
    vec![
        Came {
            days: 290,
            title: "Assessment by the council",
            file_name: "C and F assessment BRACKENWELL final v3.pdf",
            sort: PaperSort::Report,
            needed_for: "to know what the council has decided",
            from: COUNCIL,
            in_confidence: false,
            made: Made::Assessment,
        },
        Came {
            days: 118,
            title: "Support plan at school",
            file_name: "Support plan MB.docx",
            sort: PaperSort::School,
            needed_for: "to plan support at school",
            from: SCHOOL,
            in_confidence: false,
            made: Made::SupportPlan,
        },
        Came {
            days: 59,
            title: "Who was collected by whom",
            file_name: "Gate list autumn.xlsx",
            sort: PaperSort::Table,
            needed_for: "to see that only Jo or Iris collects Maya",
            from: SCHOOL,
            in_confidence: false,
            made: Made::GateList,
        },
        Came {
            days: 20,
            title: "E-mail about the gate",
            file_name: "RE Tuesday at the gate.eml",
            sort: PaperSort::Mail,
            needed_for: "to keep Maya safe on her way home",
            from: SCHOOL,
            in_confidence: false,
            made: Made::GateMail,
        },
        Came {
            days: 13,
            title: "Letter from a neighbour",
            file_name: "scan0041.jpg",
            sort: PaperSort::Letter,
            needed_for: "to judge whether the address is still safe",
            from: (Source::Organisation, "Mrs Thistlebrook, Flat 5"),
            in_confidence: true,
            made: Made::Neighbour,
        },
    ]
}

fn assessment() -> Vec<u8> {
    let first = "Sampleshire Council, Children's Services\n\
        Child and family assessment\n\
        Maya Brackenwell, 13, and Theo Brackenwell, 9\n\
        \n\
        Why we looked: Beacon Park High and Lantern Sample Children's Charity told us in the same week that Mr Carl \
        Harrowmere had asked for the family's address. His sister, Dawn Harrowmere, had been seen twice near the \
        school. A former neighbour at Tannery Walk, Ludo Fennelwick, heard shouting on most weekends of the last \
        winter and rang the police on 07700 900861.\n\
        \n\
        Who we spoke with: Joanna Brackenwell; Maya, alone and at school; Theo, with his grandmother Iris Brackenwell; \
        Mrs A. Candlewick, head of year; Dr Fernsby, Elm Surgery.";
    let second = "What we found\n\
        \n\
        Maya is a watchful child who has taken on the care of her mother. She does well at school. Her friend \
        Leila Otterburrow and Leila's mother, Petra Otterburrow, walk home with her on most days. Leila has told \
        a teacher that Maya counts the locks.\n\
        \n\
        Theo sleeps badly. He said that his cousin Rafe Harrowmere had written to him in a game and asked which bus he takes.\n\
        \n\
        Ms Brackenwell accepts help and keeps every appointment. She has begun to work and sees a friend, whose name \
        she has asked us not to write down.";
    let third = "What will happen\n\
        \n\
        The case stays open as child in need. Lantern goes on with one visit a month. Rafe's school has been told \
        (reference SC-0000-118). A meeting takes place in twelve weeks.\n\
        \n\
        Q. Pennyfold, social worker, 01632 960774, q.pennyfold@sampleshire.example.org\n\
        Agreed: R. Oakhanger, team manager";
    let remark = "QP: Mr Fennelwick asks not to be named. Take his name out before the family gets this.";
    pdf(&[Sheet::of(first).note(remark), Sheet::of(second), Sheet::of(third)], "Q. Pennyfold")
}

fn support_plan() -> Vec<u8> {
    word(
        &[
            "Support plan for Maya Brackenwell, Year 8",
            "Written by Mrs A. Candlewick with Maya and her mother.",
            "Maya may leave a lesson with a green card and go to the library. Mr Quillfeather, librarian, knows of it.",
            "Nobody but Ms Joanna Brackenwell or Ms Iris Brackenwell collects her.",
            "Maya has asked to sit with Leila Otterburrow in science.",
        ],
        "Leila's own plan says that she must not be asked about her father, Gregor Otterburrow, who is in prison.",
        "Mrs Candlewick: is this the right child's plan? Ask Leila's mother before it goes out.",
    )
}

fn gate_list() -> Vec<u8> {
    let rows = [
        ["Day", "Pupil", "Collected by", "Remark of the office"],
        ["Monday", "Maya Brackenwell", "Iris Brackenwell", ""],
        ["Monday", "Leila Otterburrow", "Petra Otterburrow", "father not to be told"],
        ["Tuesday", "Maya Brackenwell", "Petra Otterburrow", "agreed with Ms Brackenwell by telephone"],
        ["Tuesday", "Odo Wrenfield", "Dawn Harrowmere", "aunt of a school friend, on the list since September"],
        ["Wednesday", "Maya Brackenwell", "Joanna Brackenwell", ""],
        ["Thursday", "Odo Wrenfield", "Silvan Wrenfield", "has a tag, leaves by four"],
    ];
    workbook("Week 40", &rows, 3, 6)
}

fn gate_mail() -> Vec<u8> {
    mail(
        "A. Candlewick <a.candlewick@beaconpark.example.org>",
        "Re: Tuesday at the gate",
        "Dear all,\r\n\r\non Tuesday at ten past three Dawn Harrowmere stood at the side gate and asked Odo Wrenfield's \
         mother for Maya. Mr Quillfeather went out and asked her to leave, which she did. Maya did not see her. Leila \
         did, and told Maya on the way home.\r\n\r\nThe plate of the car was ZZ07 QQQ, silver.\r\n\r\nA. Candlewick\r\n\r\n\
         > Could you tell us who was at the gate? Ms Brackenwell is worried. 07700 900118 is her new number.\r\n",
        "Silvia Wrenfield <silvia.wrenfield@example.org>",
        ("Gate list Tuesday.xlsx", &gate_list()),
    )
}

fn neighbour() -> Vec<u8> {
    let words = "Flat 5, 18 Weir Gardens\n\
        \n\
        To the people at Lantern,\n\
        \n\
        I write because I do not want to ring the police again. A man in a silver car has been sitting across the road on \
        three evenings. He asked my grandson Barnaby which floor the girl with the red bag lives on. Barnaby is seven \
        and told him the third. I have said nothing to Joanna, because she has only begun to sleep.\n\
        \n\
        Please do not say that it was me.\n\
        \n\
        Nan Thistlebrook\n\
        01632 960338";
    scan(&Sheet::of(words))
}

fn school_report(school: &str, child: &str) -> Vec<u8> {
    let text = format!(
        "{school}\nReport for {child}\n\nAttendance 91 per cent.\n\n{child} is a thoughtful member of the class, works best \
         in small groups and has begun to put a hand up. In the group with Ludo Fennelwick and Odo Wrenfield there was \
         a quarrel about a telephone in the second week; both mothers were told.\n\nPlease keep up the routine at \
         home.\n\nMiss T. Saltmarsh, class teacher"
    );
    pdf(&[Sheet::of(&text)], "School office")
}
