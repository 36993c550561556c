//! The demo's people: families, supporters, suppliers and volunteers, drawn by the dice.

use jiff::ToSpan as _;
use jiff::civil::Date;
use records::people::Relation;
use records::{Card, FileId, PersonClass, Personal, ServiceId};

use super::charity::Work;
use super::dice::Dice;
use super::names::{SCHOOLS, address, email, given, landline, mobile, surname};

/// Somebody.
#[derive(Clone, Debug)]
pub struct Member {
    /// Their file.
    pub file: FileId,
    /// What they are to the charity.
    pub class: PersonClass,
    /// The full name.
    pub name: String,
    /// A name that they like better.
    pub preferred: Option<String>,
    /// A former name.
    pub former: Option<String>,
    /// The day of birth.
    pub born: Option<Date>,
    /// Where they live, with the postcode.
    pub address: Option<(String, String)>,
    /// A telephone number.
    pub phone: Option<String>,
    /// An address for e-mail.
    pub email: Option<String>,
    /// What they are to the children of the family.
    pub relation: Relation,
    /// Whether a warning stands in the file.
    pub warned: bool,
    /// Whether their address is known to be unsafe.
    pub address_unsafe: bool,
}

impl Member {
    /// Somebody with a name and nothing else.
    pub fn new(dice: &mut Dice, class: PersonClass, name: &str) -> Self {
        Self {
            file: dice.file(),
            class,
            name: name.to_owned(),
            preferred: None,
            former: None,
            born: None,
            address: None,
            phone: None,
            email: None,
            relation: Relation::Other,
            warned: false,
            address_unsafe: false,
        }
    }

    /// The name that notes use.
    pub fn called(&self) -> &str {
        self.preferred.as_deref().unwrap_or_else(|| self.name.split(' ').next().unwrap_or(&self.name))
    }

    /// The line of the memory index.
    pub fn card(&self, services: Vec<ServiceId>) -> Card {
        Card {
            name: self.name.as_str().into(),
            preferred: self.preferred.as_deref().map(Personal::from),
            former: self.former.iter().map(|name| Personal::from(name.as_str())).collect(),
            born: self.born.map(Personal::new),
            postcode: self.address.as_ref().map(|(_, postcode)| Personal::from(postcode.as_str())),
            class: self.class,
            services,
            warned: self.warned,
            merged_into: None,
            merged: Vec::new(),
        }
    }
}

/// A family.
#[derive(Clone, Debug)]
pub struct Family {
    /// The children, eldest first.
    pub children: Vec<Member>,
    /// The parents or carers; the first is the one who rings.
    pub carers: Vec<Member>,
    /// The service.
    pub work: Work,
    /// Since when.
    pub joined: Date,
    /// Until when, where they have left.
    pub left: Option<Date>,
    /// The school.
    pub school: &'static str,
    /// The family doctor.
    pub doctor: &'static str,
}

/// Doctors who do not exist.
const DOCTORS: &[&str] =
    &["Dr Fernsby of Elm Surgery", "Dr Oyelaran-Moss of Elm Surgery", "Dr Kestrelton at the clinic"];

/// Ordinary families, in the order in which they came.
pub fn families(dice: &mut Dice, today: Date, count: usize) -> Vec<Family> {
    let mut families: Vec<Family> = (0..count).map(|turn| family(dice, today, turn)).collect();
    families.sort_by_key(|family| family.joined);
    families
}

fn family(dice: &mut Dice, today: Date, turn: usize) -> Family {
    let work = Work::ALL[turn % 4];
    let joined = dice.day_near(today, -1080, -12);
    let stays = joined.saturating_add(dice.between(200, 900).days());
    let left = (stays < today.saturating_sub(20.days()) && dice.chance(60)).then_some(stays);
    let name = surname(dice);
    let home = address(dice);
    let children = (0..=dice.below(100) / 45).map(|_| child(dice, today, name, &home)).collect();
    let mut carers = vec![carer(dice, name, &home, true)];
    if dice.chance(50) {
        let other_home = if dice.chance(30) { address(dice) } else { home };
        carers.push(carer(dice, name, &other_home, false));
    }
    Family {
        children,
        carers,
        work,
        joined,
        left,
        school: dice.pick::<&str>(SCHOOLS),
        doctor: dice.pick::<&str>(DOCTORS),
    }
}

fn child(dice: &mut Dice, today: Date, surname: &str, home: &(String, String)) -> Member {
    let name = format!("{} {surname}", given(dice));
    let born = dice.day_near(today.saturating_sub(11.years()), -2300, 2000);
    let preferred = dice.chance(12).then(|| given(dice).chars().take(3).collect());
    Member { born: Some(born), address: Some(home.clone()), preferred, ..Member::new(dice, PersonClass::Child, &name) }
}

fn carer(dice: &mut Dice, surname: &str, home: &(String, String), first: bool) -> Member {
    let own = if dice.chance(25) { super::names::surname(dice) } else { surname };
    let name = format!("{} {own}", given(dice));
    let relation = match (first, dice.below(10)) {
        (_, 0) => Relation::Grandparent,
        (_, 1) => Relation::FosterCarer,
        (true, _) => Relation::Mother,
        (false, 2 | 3) => Relation::StepParent,
        (false, _) => Relation::Father,
    };
    let former =
        dice.chance(10).then(|| format!("{} {}", name.split(' ').next().unwrap_or(""), super::names::surname(dice)));
    Member {
        address: Some(home.clone()),
        phone: Some(mobile(dice)),
        email: dice.chance(60).then(|| email(&name)),
        former,
        relation,
        ..Member::new(dice, PersonClass::Carer, &name)
    }
}

/// Volunteers, trustees, supporters and contacts elsewhere, who have files and no account.
pub fn others(dice: &mut Dice) -> Vec<Member> {
    let wanted = [
        (PersonClass::Volunteer, 18),
        (PersonClass::Trustee, 5),
        (PersonClass::Supporter, 40),
        (PersonClass::Contact, 22),
    ];
    let mut others = Vec::new();
    for (class, count) in wanted {
        for _ in 0..count {
            let name = format!("{} {}", given(dice), surname(dice));
            others.push(Member {
                address: dice.chance(60).then(|| address(dice)),
                phone: Some(if class == PersonClass::Contact { landline(dice) } else { mobile(dice) }),
                email: Some(email(&name)),
                ..Member::new(dice, class, &name)
            });
        }
    }
    others
}
