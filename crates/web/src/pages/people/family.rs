//! Family and network: who belongs to whom, by home, by responsibility, and as a picture.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Table, Tag, Tone};
use crate::page::{Page, Section, Shell, Title};
use crate::records::people::{ParentalResponsibility, Relation, Relationship};
use crate::records::{Content, FileId, Kind, Purpose, State as Stands};
use crate::who::Who;

use super::file::Done;
use super::forms::first_up;
use super::head::{Head, Tab, shown};
use super::reason::file_id;
use super::timeline::said;
use super::turned::Answer;

#[derive(Template)]
#[template(path = "people/family.html")]
struct FamilyPage {
    shell: Shell,
    head: Head,
    file: FileId,
    picture: Option<Picture>,
    groups: Vec<Table>,
    ends: Vec<(String, String, u32)>,
    may_change: bool,
}

impl FamilyPage {
    fn link_href(&self) -> String {
        format!("/people/{}/family/new", self.file)
    }
}

/// Somebody who belongs to the person.
struct Relative {
    whose: FileId,
    name: String,
    relation: Relation,
    responsible: ParentalResponsibility,
    remarks: String,
    at_home: bool,
    open: Option<FileId>,
    warned: bool,
}

/// Who belongs to whom. The others' own files stay closed: only their names are shown.
pub async fn family(State(app): State<App>, who: Who, Path(file): Path<String>, Query(done): Query<Done>) -> Answer {
    let file = file_id(&file)?;
    let found = shown(&app, &who.0, file, Some(Tab::Family), "/family").await?;
    let (mut relatives, mut ends) = (Vec::new(), Vec::new());
    for opened in found.opened.file.of_kind(Kind::Relationship).filter(|o| o.header.state != Stands::Superseded) {
        let Content::Relationship(relationship) = &opened.record.content else { continue };
        let relative = relative(&app, &who, relationship).await;
        let href = format!("/people/{}/family/{}/end", opened.header.file, opened.header.id);
        ends.push((relative.name.clone(), href, opened.header.version));
        // Both files of a person may be linked to the same mother.
        let known = |one: &Relative| one.whose == relative.whose && one.relation == relative.relation;
        if !relatives.iter().any(known) {
            relatives.push(relative);
        }
    }
    let may_change = app.office.would_permit(&who.0, Action::ChangePerson, Some(file), found.why.purpose).await;
    let shell = app.shell(&who, Title::new("Family")).await?.within(Section::People);
    let page = FamilyPage {
        shell: said(shell, &done.done),
        picture: picture(&found.head.called, &relatives),
        groups: groups(&relatives),
        head: found.head,
        file,
        ends,
        may_change,
    };
    Ok(Page::new(page).into_response())
}

async fn relative(app: &App, who: &Who, relationship: &Relationship) -> Relative {
    let whose = app.office.leading(relationship.other);
    let card = app.office.book().card(whose);
    let open = app.office.would_permit(&who.0, Action::OpenFile, Some(whose), Purpose::Support).await;
    Relative {
        whose,
        name: card.as_ref().map_or_else(|| "a file that was erased".to_owned(), |card| card.name.for_page().clone()),
        relation: relationship.relation,
        responsible: relationship.parental_responsibility,
        remarks: relationship.remarks.as_ref().map_or_else(String::new, |words| words.for_page().clone()),
        at_home: relationship.same_household,
        open: open.then_some(whose),
        warned: open && app.office.is_warned(whose),
    }
}

/// At home, elsewhere, and those who are no family.
fn groups(relatives: &[Relative]) -> Vec<Table> {
    let outside = |relative: &&Relative| matches!(relative.relation, Relation::Professional | Relation::Other);
    let of = |caption: &str, wanted: &dyn Fn(&&Relative) -> bool| {
        let head = Table::new(caption).column("Name").column("Is the").column("Parental responsibility").named_rows();
        relatives.iter().filter(wanted).fold(head.cards(), |table, relative| table.row(row(relative)))
    };
    let tables = [
        of("In the same household", &|relative| relative.at_home),
        of("Family elsewhere", &|relative| !relative.at_home && !outside(relative)),
        of("Professionals and others", &|relative| !relative.at_home && outside(relative)),
    ];
    tables.into_iter().filter(|table| !table.is_empty()).collect()
}

fn row(relative: &Relative) -> [Cell; 3] {
    let name = match relative.open {
        Some(file) => Cell::link(relative.name.clone(), format!("/people/{file}")),
        None => relative.name.clone().into(),
    };
    let relation = first_up(relative.relation.words());
    let relation = if relative.warned {
        Cell::from(Tag::new(format!("{relation}. Warning: read their file first"), Tone::Red))
    } else {
        relation.into()
    };
    let responsible = match relative.responsible {
        ParentalResponsibility::Yes => "Yes",
        ParentalResponsibility::No => "No",
        ParentalResponsibility::NotKnown => "Not known yet",
    };
    let remarks = if relative.remarks.is_empty() { String::new() } else { format!(": {}", relative.remarks) };
    [name, relation, format!("{responsible}{remarks}").into()]
}

/// The family as boxes in rows: who came before above, who comes after below. The tables say the same in words.
struct Picture {
    width: u32,
    height: u32,
    lines: Vec<Line>,
    boxes: Vec<Drawn>,
}

struct Line {
    x1: u32,
    y1: u32,
    x2: u32,
    y2: u32,
}

struct Drawn {
    x: u32,
    y: u32,
    middle: u32,
    name: String,
    below: &'static str,
    /// The person whose file it is.
    own: bool,
    /// A line leads to this person.
    line: bool,
    at_home: bool,
}

const WIDE: u32 = 190;
const HIGH: u32 = 54;
const GAP: u32 = 18;
const RISE: u32 = 92;

/// In which row of the picture somebody stands; none for those who are no family.
const fn generation(relation: Relation) -> Option<usize> {
    match relation {
        Relation::Grandparent => Some(0),
        Relation::Mother | Relation::Father | Relation::StepParent | Relation::FosterCarer | Relation::Guardian => {
            Some(1)
        }
        Relation::Sibling | Relation::Partner => Some(2),
        Relation::Child => Some(3),
        Relation::Professional | Relation::Other => None,
    }
}

/// Nothing where there is nobody to draw, or too many to be read.
fn picture(called: &str, relatives: &[Relative]) -> Option<Picture> {
    let mut rows: [Vec<(String, &'static str, bool, bool, bool)>; 4] = Default::default();
    rows[2].push((called.to_owned(), "this file", false, true, true));
    for relative in relatives {
        if let Some(row) = generation(relative.relation) {
            let (name, line) = (relative.name.clone(), matches!(row, 1 | 3));
            rows[row].push((name, relative.relation.words(), line, false, relative.at_home));
        }
    }
    let longest = rows.iter().map(Vec::len).max().unwrap_or(0);
    if rows.iter().map(Vec::len).sum::<usize>() < 2 || longest > 5 {
        return None;
    }
    let rows: Vec<_> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    let across = |count: usize| u32::try_from(count).unwrap_or(0) * (WIDE + GAP) - GAP;
    let width = across(longest) + 4;
    let mut picture = Picture { width, height: 0, lines: Vec::new(), boxes: Vec::new() };
    let mut y = 2;
    for row in &rows {
        let mut x = 2 + (across(longest) - across(row.len())) / 2;
        for (name, below, line, own, at_home) in row {
            let name = shortened(name);
            picture.boxes.push(Drawn {
                x,
                y,
                middle: x + WIDE / 2,
                name,
                below,
                own: *own,
                line: *line,
                at_home: *at_home,
            });
            x += WIDE + GAP;
        }
        y += RISE;
    }
    picture.lines = lines(&picture.boxes);
    picture.height = y - (RISE - HIGH) + 2;
    Some(picture)
}

/// From this person to parents, carers and children. What the others are to each other is not known here, so no line
/// says it.
fn lines(boxes: &[Drawn]) -> Vec<Line> {
    let Some(own) = boxes.iter().find(|drawn| drawn.own) else { return Vec::new() };
    let joined = boxes.iter().filter(|drawn| drawn.line);
    joined
        .map(|drawn| {
            let (above, below) = if drawn.y < own.y { (drawn, own) } else { (own, drawn) };
            Line { x1: above.middle, y1: above.y + HIGH, x2: below.middle, y2: below.y }
        })
        .collect()
}

fn shortened(name: &str) -> String {
    let mut short: String = name.chars().take(21).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative(name: &str, relation: Relation) -> Relative {
        Relative {
            whose: FileId::HOUSE,
            name: name.to_owned(),
            relation,
            responsible: ParentalResponsibility::NotKnown,
            remarks: String::new(),
            at_home: false,
            open: None,
            warned: false,
        }
    }

    #[test]
    fn parents_stand_above_and_children_below_and_no_box_covers_another() {
        let family = [
            relative("Mother", Relation::Mother),
            relative("Father", Relation::Father),
            relative("Child", Relation::Child),
            relative("Nan", Relation::Grandparent),
            relative("Sibling", Relation::Sibling),
            relative("Teacher", Relation::Professional),
        ];
        let picture = picture("Me", &family).expect("somebody to draw");
        let at = |name: &str| picture.boxes.iter().find(|drawn| drawn.name == name).map(|drawn| (drawn.x, drawn.y));
        let (mother, me, child) = (at("Mother").unwrap(), at("Me").unwrap(), at("Child").unwrap());
        assert!(mother.1 < me.1 && me.1 < child.1);
        assert_eq!(at("Teacher"), None, "no family, so not in the picture");
        assert_eq!(picture.lines.len(), 3, "to mother, father and child");
        for (index, one) in picture.boxes.iter().enumerate() {
            assert!(one.x + WIDE <= picture.width && one.y + HIGH <= picture.height);
            for other in &picture.boxes[index + 1..] {
                assert!(one.y != other.y || one.x + WIDE <= other.x || other.x + WIDE <= one.x);
            }
        }
    }

    #[test]
    fn nobody_is_drawn_alone_and_a_crowd_is_not_drawn() {
        assert!(picture("Me", &[relative("Teacher", Relation::Professional)]).is_none());
        let crowd: Vec<_> = (0..6).map(|_| relative("Sibling", Relation::Sibling)).collect();
        assert!(picture("Me", &crowd).is_none());
    }
}
