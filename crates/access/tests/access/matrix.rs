//! The golden matrix: every action, role, state and purpose in one text that a person can read and a test compares.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use access::{Access, Action, Circumstances, Needs, Scope};
use records::{Purpose, StaffRole};

use crate::scenes::{RULES, Scene, scenes};

const HEAD: &str = "\
Who may do what: the golden matrix. A test compares it with the rules; UPDATE_GOLDEN=1 writes it anew, and then
the change to this file is the thing to review.

Each cell has one mark for each purpose, in this order: support, safeguarding, request, quality, administration,
book-keeping.
  .  no                     y  yes                    r  with a reason
  s  with a fresh sign-in   b  with both              f  with a reason, and checked afterwards
Nobody: actions that are refused to every role for every purpose.
";

/// The mark of one cell for one purpose.
fn mark(rules: &Access, scene: &Scene, role: StaffRole, action: Action, purpose: Purpose) -> char {
    let actor = (scene.actor)(role);
    let moment = Circumstances { purpose, ..scene.moment };
    let plain = rules.decide(&actor, action, scene.file.as_ref(), &moment);
    if plain.allowed {
        assert!(!plain.flagged, "an exception without a reason: {} {}", action.name(), scene.title);
        return 'y';
    }
    match plain.needs {
        None => '.',
        Some(Needs::StepUp) => 's',
        Some(Needs::ReasonAndStepUp) => 'b',
        Some(Needs::Reason) => {
            let reasoned = rules.decide(&actor, action, scene.file.as_ref(), &moment.with_reason());
            assert!(reasoned.allowed);
            if reasoned.flagged { 'f' } else { 'r' }
        }
    }
}

/// The actions that a scene can try.
pub fn actions_of(scene: &Scene) -> impl Iterator<Item = Action> {
    let tried = if scene.file.is_some() { Scope::File } else { Scope::House };
    Action::ALL.iter().copied().filter(move |action| action.scope() == Scope::Either || action.scope() == tried)
}

fn cell(rules: &Access, scene: &Scene, role: StaffRole, action: Action) -> String {
    Purpose::ALL.into_iter().map(|purpose| mark(rules, scene, role, action, purpose)).collect()
}

/// What heads the column of a role.
const fn heading(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Volunteer => "volunteer",
        StaffRole::FamilyWorker => "worker",
        StaffRole::ServiceManager => "manager",
        StaffRole::SeniorManager => "senior",
        StaffRole::DataProtectionLead => "lead",
        StaffRole::Trustee => "trustee",
        StaffRole::Administrator => "admin",
        StaffRole::Inspector => "inspector",
        StaffRole::Commissioner => "payer",
    }
}

fn line(name: &str, cells: impl Iterator<Item = String>) -> String {
    let mut line = format!("{name:17}");
    for cell in cells {
        write!(line, " {cell:9}").unwrap();
    }
    format!("{}\n", line.trim_end())
}

/// One scene as a table: a row for each action that anybody may do, and the others in one line.
fn block(scene: &Scene) -> String {
    let mut text = format!("\n== {}\n", scene.title);
    text += &line("", StaffRole::ALL.into_iter().map(|role| heading(role).to_owned()));
    let mut nobody = Vec::new();
    for action in actions_of(scene) {
        let cells = StaffRole::ALL.map(|role| cell(&RULES, scene, role, action));
        if cells.iter().all(|cell| cell == "......") {
            nobody.push(action.name());
        } else {
            text += &line(action.name(), cells.into_iter());
        }
    }
    if !nobody.is_empty() {
        writeln!(text, "Nobody: {}", nobody.join(", ")).unwrap();
    }
    text
}

/// The matrix of the rules as they are, made once for all tests.
static MATRIX: LazyLock<String> = LazyLock::new(|| HEAD.to_owned() + &scenes().iter().map(block).collect::<String>());

#[test]
fn the_rules_say_what_the_golden_matrix_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/matrix.txt");
    let now = MATRIX.as_str();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, now).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<String> = golden
        .lines()
        .zip(now.lines())
        .filter(|(was, is)| was != is)
        .map(|(was, is)| format!("- {was}\n+ {is}"))
        .collect();
    assert!(
        golden == now,
        "the rules and tests/golden/matrix.txt differ. If the change is wanted, run the tests with UPDATE_GOLDEN=1 \
         and review the file.\n{}",
        changed.join("\n")
    );
}

#[test]
fn every_action_is_allowed_to_somebody_somewhere() {
    let row = |line: &str| line.split_once(' ').map(|(name, _)| name.to_owned());
    let open: Vec<String> = MATRIX.lines().filter_map(row).collect();
    let closed: Vec<&Action> = Action::ALL.iter().filter(|action| !open.iter().any(|o| o == action.name())).collect();
    assert!(closed.is_empty(), "nobody can ever do {closed:?}, or no scene tries it");
}
