//! Facts as Cedar's entities and context. What stands here and what the schema says are held together by a test.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use cedar_policy::{Context, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression as Value};
use records::{FileId, ServiceId, StaffRole};

use crate::action::Action;
use crate::facts::{ActorFacts, Circumstances, FileFacts, GrantFact};

macro_rules! types {
    ($($name:ident = $word:literal;)*) => {$(
        static $name: LazyLock<EntityTypeName> = LazyLock::new(|| {
            // INVARIANT: the word is a plain identifier.
            $word.parse().expect("the name of an entity type")
        });
    )*};
}

types! {
    STAFF = "Staff";
    FILE = "File";
    SERVICE = "Service";
    HOUSE = "House";
    ROLE = "Role";
    PURPOSE = "Purpose";
    CLASS = "Class";
    STATE = "State";
    ACTION = "Action";
}

fn uid(kind: &LazyLock<EntityTypeName>, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id((**kind).clone(), EntityId::new(id))
}

/// The member of staff whose own file this is.
pub(crate) fn staff_uid(file: FileId) -> EntityUid {
    uid(&STAFF, &file.to_string())
}

pub(crate) fn file_uid(file: FileId) -> EntityUid {
    uid(&FILE, &file.to_string())
}

pub(crate) fn house_uid() -> EntityUid {
    uid(&HOUSE, "house")
}

pub(crate) fn action_uid(action: Action) -> EntityUid {
    uid(&ACTION, action.name())
}

fn role_uid(role: StaffRole) -> EntityUid {
    uid(&ROLE, role.slug())
}

fn files(files: impl IntoIterator<Item = FileId>) -> Value {
    Value::new_set(files.into_iter().map(|file| Value::new_entity_uid(file_uid(file))))
}

fn services(services: impl IntoIterator<Item = ServiceId>) -> Value {
    Value::new_set(services.into_iter().map(|id| Value::new_entity_uid(uid(&SERVICE, &id.to_string()))))
}

/// Whether a grant says something about this file: one for a single other file does not.
fn concerns(grant: &GrantFact, on: Option<&FileFacts>) -> bool {
    match (grant.file, on) {
        (Some(granted), Some(on)) => granted == on.file,
        _ => true,
    }
}

/// Who asks. A grant for one file of a service opens that service for that file alone, so the file must be known.
/// None where Cedar cannot take the facts, which the plain values used here never are.
pub(crate) fn staff(actor: &ActorFacts, on: Option<&FileFacts>) -> Option<Entity> {
    let granted = || actor.grants.iter().filter(|grant| concerns(grant, on));
    let attributes = [
        ("file", Value::new_entity_uid(file_uid(actor.file))),
        ("services", services(actor.services_now.iter().copied())),
        ("granted_files", files(granted().filter_map(|grant| grant.file))),
        ("granted_services", services(granted().filter_map(|grant| grant.service))),
        ("conflicts", files(conflicts(actor, on))),
        ("active", Value::new_bool(actor.active)),
        ("second_factor", Value::new_bool(actor.second_factor)),
        ("stepped_up", Value::new_bool(actor.stepped_up)),
    ];
    let roles: HashSet<EntityUid> = actor.roles.iter().map(|role| role_uid(*role)).collect();
    Entity::new(staff_uid(actor.file), named(attributes), roles).ok()
}

/// The conflicts that can matter here: those with this very file.
fn conflicts<'a>(actor: &'a ActorFacts, on: Option<&'a FileFacts>) -> impl Iterator<Item = FileId> + 'a {
    actor.conflicts.iter().copied().filter(move |file| on.is_some_and(|on| on.file == *file))
}

/// What it is done to.
pub(crate) fn file(facts: &FileFacts) -> Option<Entity> {
    let attributes = [
        ("class", Value::new_entity_uid(uid(&CLASS, facts.class.slug()))),
        ("state", Value::new_entity_uid(uid(&STATE, facts.state.slug()))),
        ("services", services(facts.services_ever.iter().copied())),
        ("services_now", services(facts.services_now.iter().copied())),
        ("named", Value::new_set(facts.named_to.iter().map(|who| Value::new_entity_uid(staff_uid(*who))))),
        ("on_hold", Value::new_bool(facts.on_hold)),
    ];
    Entity::new(file_uid(facts.file), named(attributes), HashSet::new()).ok()
}

/// The moment.
pub(crate) fn context(moment: Circumstances) -> Option<Context> {
    let mut pairs = vec![
        ("purpose", Value::new_entity_uid(uid(&PURPOSE, moment.purpose.slug()))),
        ("reason_given", Value::new_bool(moment.reason_given)),
        ("worked_on_it", Value::new_bool(moment.worked_on_it)),
        ("asked_to_help", Value::new_bool(moment.asked_to_help)),
        ("hosts", Value::new_bool(moment.hosts)),
        ("sent_to_check", Value::new_bool(moment.sent_to_check)),
    ];
    if let Some(role) = moment.requests_go_to {
        pairs.push(("requests_go_to", Value::new_entity_uid(role_uid(role))));
    }
    Context::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value))).ok()
}

fn named<const N: usize>(attributes: [(&str, Value); N]) -> HashMap<String, Value> {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::FileState;
    use cedar_policy::{Entities, Request, Schema};
    use records::{PersonClass, Purpose};

    fn id(n: u8) -> FileId {
        FileId::from_bytes([n; 16])
    }

    fn full_actor() -> ActorFacts {
        ActorFacts {
            services_now: vec![ServiceId::from_bytes([3; 16])],
            grants: vec![GrantFact { file: Some(id(9)), service: Some(ServiceId::from_bytes([4; 16])) }],
            conflicts: vec![id(9)],
            ..ActorFacts::new(id(1), &StaffRole::ALL)
        }
    }

    #[test]
    fn every_fact_fits_the_schema_in_every_class_state_and_purpose() {
        let schema = Schema::from_cedarschema_str(crate::SCHEMA).unwrap().0;
        for class in PersonClass::PEOPLE.into_iter().chain([PersonClass::House]) {
            for state in FileState::ALL {
                let facts = FileFacts {
                    state,
                    services_ever: vec![ServiceId::from_bytes([3; 16])],
                    named_to: vec![id(1)],
                    ..FileFacts::new(id(9), class)
                };
                let known = [staff(&full_actor(), Some(&facts)).unwrap(), file(&facts).unwrap()];
                Entities::from_entities(known, Some(&schema)).unwrap();
            }
        }
        for purpose in Purpose::ALL {
            for role in StaffRole::ALL {
                let moment = Circumstances { requests_go_to: Some(role), ..Circumstances::of(purpose) };
                let context = context(moment).unwrap();
                let action = action_uid(Action::OpenFile);
                Request::new(staff_uid(id(1)), action, file_uid(id(9)), context, Some(&schema)).unwrap();
            }
        }
    }

    #[test]
    fn a_grant_for_one_file_of_a_service_says_nothing_about_another_file() {
        let actor = full_actor();
        let other = FileFacts::new(id(8), PersonClass::Child);
        let seen = staff(&actor, Some(&other)).unwrap();
        assert_eq!(seen.attr("granted_services").unwrap().unwrap().to_string(), "[]");
        assert_eq!(seen.attr("granted_files").unwrap().unwrap().to_string(), "[]");
    }
}
