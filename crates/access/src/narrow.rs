//! Lists: the widest set of files that could be somebody's, by what stands in headers, before each is decided on.

use records::people::PersonClass;
use records::{FileId, ServiceId, StaffRole};

use crate::facts::{ActorFacts, FileFacts};
use crate::judge::Access;

/// By what a list is narrowed in the store. It is a sieve and not a decision: what passes is still decided on, file
/// by file. What the rules open in the ordinary way always passes (tested); exceptions never do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListScope {
    /// Every file but these.
    All {
        /// The person's own, and where they have a conflict.
        except: Vec<FileId>,
    },
    /// Files for which one of these holds.
    Only {
        /// People who are or were enrolled in, or work at, one of these services.
        services: Vec<ServiceId>,
        /// These very files.
        files: Vec<FileId>,
        /// People who were named to this volunteer.
        named_to: Option<FileId>,
        /// People of these classes.
        classes: Vec<PersonClass>,
        /// Children and carers whom no service supports yet.
        not_yet_enrolled: bool,
        /// Never these: the person's own, and where they have a conflict.
        except: Vec<FileId>,
    },
    /// No file at all.
    None,
}

impl ListScope {
    /// Whether a file passes.
    pub fn passes(&self, file: &FileFacts) -> bool {
        // What came in is no person yet: it has a list of its own.
        if file.class == PersonClass::Stranger {
            return false;
        }
        match self {
            Self::None => false,
            Self::All { except } => !except.contains(&file.file),
            Self::Only { services, files, named_to, classes, not_yet_enrolled, except } => {
                let family = matches!(file.class, PersonClass::Child | PersonClass::Carer);
                let at_service = |id: &ServiceId| services.contains(id);
                !except.contains(&file.file)
                    && (file.services_ever.iter().chain(&file.services_now).any(at_service)
                        || files.contains(&file.file)
                        || named_to.is_some_and(|who| file.named_to.contains(&who))
                        || classes.contains(&file.class)
                        || (*not_yet_enrolled && family && file.services_ever.is_empty()))
            }
        }
    }
}

impl Access {
    /// The files that a list may draw from.
    pub fn narrow(&self, actor: &ActorFacts) -> ListScope {
        use StaffRole as R;
        if !actor.active || !actor.second_factor {
            return ListScope::None;
        }
        let mut except = actor.conflicts.clone();
        except.push(actor.file);
        if actor.is(R::DataProtectionLead) {
            return ListScope::All { except };
        }
        let at_service = actor.is(R::FamilyWorker) || actor.is(R::ServiceManager);
        let guest = actor.is(R::Inspector) || actor.is(R::Commissioner);
        let mut services = Vec::new();
        let mut files = Vec::new();
        if at_service {
            services.extend(&actor.services_now);
        }
        if guest || actor.is(R::SeniorManager) {
            files.extend(actor.grants.iter().filter_map(|grant| grant.file));
        }
        if guest {
            services.extend(actor.grants.iter().filter(|grant| grant.file.is_none()).filter_map(|grant| grant.service));
        }
        let named_to = actor.is(R::Volunteer).then_some(actor.file);
        let office = actor.is(R::ServiceManager) || actor.is(R::SeniorManager);
        let classes = if office { vec![PersonClass::Supporter, PersonClass::Contact] } else { Vec::new() };
        if services.is_empty() && files.is_empty() && named_to.is_none() && classes.is_empty() && !at_service {
            return ListScope::None;
        }
        ListScope::Only { services, files, named_to, classes, not_yet_enrolled: at_service, except }
    }
}
