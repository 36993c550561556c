//! The role to which the policy's words send requests, as a role of the staff.

use policy::{Role, Setting, Settings};
use records::StaffRole;

/// The staff role that stands for a role of the policy. Exhaustive: a new word in the policy must say who it is.
pub const fn staff_role_of(role: Role) -> Option<StaffRole> {
    match role {
        Role::ServiceManager => Some(StaffRole::ServiceManager),
        Role::SeniorManagers | Role::ChiefExecutive => Some(StaffRole::SeniorManager),
        Role::DataProtectionLead => Some(StaffRole::DataProtectionLead),
        Role::Trustees | Role::Committee => Some(StaffRole::Trustee),
        Role::Administrators => Some(StaffRole::Administrator),
        Role::Inspectors => Some(StaffRole::Inspector),
        Role::Commissioner => Some(StaffRole::Commissioner),
        Role::Volunteers => Some(StaffRole::Volunteer),
        Role::ServiceStaff => Some(StaffRole::FamilyWorker),
        Role::AllStaff => None,
    }
}

/// To whom the policy in force sends access requests.
pub fn staff_role(settings: &Settings) -> Option<StaffRole> {
    settings.access_to().and_then(|setting| staff_role_of(setting.value))
}

/// The same in the policy's own words: "the Trustees", "your service manager".
pub fn in_the_policys_words(settings: &Settings) -> String {
    role_words(settings.access_to())
}

/// A role in the policy's own words.
pub(crate) fn role_words(setting: Option<Setting<Role>>) -> String {
    match setting {
        Some(Setting { origin: policy::Origin::Text { words, .. }, .. }) => words,
        Some(setting) => setting.value.name().to_owned(),
        None => Role::DataProtectionLead.name().to_owned(),
    }
}
