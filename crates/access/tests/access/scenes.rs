//! The charity in which the rules are tried: a few services, people in every role, and files in every state.

use std::sync::LazyLock;

use access::{Access, ActorFacts, Circumstances, FileFacts, FileState, GrantFact};
use records::{FileId, PersonClass, Purpose, ServiceId, StaffRole};

/// The rules of the program, read once for all tests.
pub static RULES: LazyLock<Access> = LazyLock::new(|| Access::new().unwrap());

pub const fn file(n: u8) -> FileId {
    FileId::from_bytes([n; 16])
}

pub const fn service(n: u8) -> ServiceId {
    ServiceId::from_bytes([n; 16])
}

pub const WORKER: FileId = file(1);
pub const CHILD: FileId = file(9);
pub const DROP_IN: ServiceId = service(1);
pub const NIGHT_SHELTER: ServiceId = service(2);

/// Somebody in one role who works at the drop-in.
pub fn somebody(role: StaffRole) -> ActorFacts {
    ActorFacts { services_now: vec![DROP_IN], ..ActorFacts::new(WORKER, &[role]) }
}

/// The file of a child who comes to a service.
pub fn child_at(service: ServiceId) -> FileFacts {
    FileFacts { services_ever: vec![service], services_now: vec![service], ..FileFacts::new(CHILD, PersonClass::Child) }
}

/// One block of the matrix: how things stand, for somebody in a role.
pub struct Scene {
    pub title: &'static str,
    pub actor: fn(StaffRole) -> ActorFacts,
    /// The file; none where the house's own actions are tried.
    pub file: Option<FileFacts>,
    pub moment: Circumstances,
}

fn granted(role: StaffRole, grant: GrantFact) -> ActorFacts {
    ActorFacts { grants: vec![grant], ..somebody(role) }
}

fn on(title: &'static str, actor: fn(StaffRole) -> ActorFacts, file: FileFacts) -> Scene {
    Scene { title, actor, file: Some(file), moment: Circumstances::of(Purpose::Support) }
}

fn house(title: &'static str, actor: fn(StaffRole) -> ActorFacts) -> Scene {
    Scene { title, actor, file: None, moment: Circumstances::of(Purpose::Support) }
}

fn request(title: &'static str, change: fn(Circumstances) -> Circumstances, file: FileFacts) -> Scene {
    Scene { moment: change(Circumstances::of(Purpose::Request)), ..on(title, somebody, file) }
}

/// Every scene of the matrix.
pub fn scenes() -> Vec<Scene> {
    let mut all = house_scenes();
    all.extend(file_scenes());
    all.extend(person_scenes());
    all.extend(request_scenes());
    all.extend(disposal_scenes());
    all
}

fn house_scenes() -> Vec<Scene> {
    let by_policy = |role| Circumstances { requests_go_to: Some(role), ..Circumstances::of(Purpose::Support) };
    vec![
        house("the house", somebody),
        house("the house, account closed", |role| ActorFacts { active: false, ..somebody(role) }),
        house("the house, no second factor yet", |role| ActorFacts { second_factor: false, ..somebody(role) }),
        Scene {
            moment: by_policy(StaffRole::Trustee),
            ..house("the house, the policy sends requests to the trustees", somebody)
        },
    ]
}

fn file_scenes() -> Vec<Scene> {
    let child = |state| FileFacts { state, ..child_at(DROP_IN) };
    let left = FileFacts { services_now: Vec::new(), ..child(FileState::Closed) };
    vec![
        on("a child at the service where they work", somebody, child(FileState::Open)),
        on("a child who left the service where they work", somebody, left),
        on("a child at another service", somebody, child_at(NIGHT_SHELTER)),
        on("a child at no service yet", somebody, FileFacts::new(CHILD, PersonClass::Child)),
        on(
            "a child at another service, named to them",
            somebody,
            FileFacts { named_to: vec![WORKER], ..child_at(NIGHT_SHELTER) },
        ),
        on("their service, file archived", somebody, child(FileState::Archived)),
        on("their service, file on hold", somebody, FileFacts { on_hold: true, ..child(FileState::Open) }),
        on("their service, file restricted", somebody, child(FileState::Restricted)),
        on("their service, file erased", somebody, child(FileState::Erased)),
    ]
}

fn person_scenes() -> Vec<Scene> {
    let of_class = |class| FileFacts { class, ..child_at(DROP_IN) };
    vec![
        on(
            "another service, a grant for the file",
            |role| granted(role, GrantFact { file: Some(CHILD), service: None }),
            child_at(NIGHT_SHELTER),
        ),
        on(
            "another service, a grant for that service",
            |role| granted(role, GrantFact { file: None, service: Some(NIGHT_SHELTER) }),
            child_at(NIGHT_SHELTER),
        ),
        on(
            "another service, a grant for another file there",
            |role| granted(role, GrantFact { file: Some(file(8)), service: Some(NIGHT_SHELTER) }),
            child_at(NIGHT_SHELTER),
        ),
        on(
            "their service, their own family",
            |role| ActorFacts { conflicts: vec![CHILD], ..somebody(role) },
            child_at(DROP_IN),
        ),
        on("their service, account closed", |role| ActorFacts { active: false, ..somebody(role) }, child_at(DROP_IN)),
        on(
            "their service, no second factor yet",
            |role| ActorFacts { second_factor: false, ..somebody(role) },
            child_at(DROP_IN),
        ),
        on("the file about themselves", somebody, FileFacts { file: WORKER, ..of_class(PersonClass::Staff) }),
        on("a member of staff at the service where they work", somebody, of_class(PersonClass::Staff)),
        on("a trustee's file", somebody, FileFacts::new(CHILD, PersonClass::Trustee)),
        on("a supporter's file", somebody, FileFacts::new(CHILD, PersonClass::Supporter)),
    ]
}

fn request_scenes() -> Vec<Scene> {
    let restricted = FileFacts { state: FileState::Restricted, ..child_at(NIGHT_SHELTER) };
    let checking = |moment| Circumstances { sent_to_check: true, ..moment };
    vec![
        request("a request, asked to help", |m| Circumstances { asked_to_help: true, ..m }, child_at(NIGHT_SHELTER)),
        request("a request, being the host of a viewing", |m| Circumstances { hosts: true, ..m }, child_at(DROP_IN)),
        request(
            "a request, being the host of a viewing, another service",
            |m| Circumstances { hosts: true, ..m },
            child_at(NIGHT_SHELTER),
        ),
        request("a request, waiting for the second person", checking, child_at(DROP_IN)),
        request(
            "a request, waiting for the second person, having worked on it",
            |m| Circumstances { sent_to_check: true, worked_on_it: true, ..m },
            child_at(DROP_IN),
        ),
        request("a request, waiting for the second person, another service", checking, child_at(NIGHT_SHELTER)),
        request("a request, waiting for the second person, file restricted", checking, restricted),
        request(
            "a request, the policy sends requests to the trustees",
            |m| Circumstances { requests_go_to: Some(StaffRole::Trustee), ..m },
            child_at(NIGHT_SHELTER),
        ),
        request(
            "a request, the policy sends requests to the service manager",
            |m| Circumstances { requests_go_to: Some(StaffRole::ServiceManager), ..m },
            child_at(NIGHT_SHELTER),
        ),
    ]
}

fn disposal_scenes() -> Vec<Scene> {
    let closed = |service| FileFacts { services_now: Vec::new(), state: FileState::Closed, ..child_at(service) };
    let held = FileFacts { on_hold: true, ..closed(DROP_IN) };
    let checking = |moment| Circumstances { sent_to_check: true, ..moment };
    vec![
        request("a disposal, waiting for the second person", checking, closed(DROP_IN)),
        request(
            "a disposal, waiting for the second person, having put it forward",
            |m| Circumstances { sent_to_check: true, worked_on_it: true, ..m },
            closed(DROP_IN),
        ),
        request("a disposal, waiting for the second person, another service", checking, closed(NIGHT_SHELTER)),
        request("a disposal, waiting for the second person, file on hold", checking, held),
    ]
}
