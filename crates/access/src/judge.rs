//! Deciding: facts in, the answer of the rules out.

use std::sync::Arc;

use cedar_policy::{Authorizer, Decision as Verdict, Entities, Request};
use records::{FileId, Purpose};

use crate::action::{Action, Scope};
use crate::decision::{Decision, NOTHING_ALLOWS, Needs, UNREADABLE};
use crate::entities;
use crate::facts::{ActorFacts, Circumstances, FileFacts};
use crate::rules::{AccessError, RULES, Rule, Rulebook, SCHEMA};

/// The rules, ready to be asked. Cheap to clone; one for the whole program.
#[derive(Clone, Debug)]
pub struct Access {
    book: Arc<Rulebook>,
}

impl Access {
    /// Reads and checks the rules of this program.
    ///
    /// # Errors
    /// Whatever is wrong in them; see [`AccessError`].
    pub fn new() -> Result<Self, AccessError> {
        Self::from_texts(SCHEMA, RULES)
    }

    /// Reads and checks other rules, such as these less one, to show what a rule is there for.
    ///
    /// # Errors
    /// As [`Access::new`].
    pub fn from_texts(schema: &str, rules: &[&'static str]) -> Result<Self, AccessError> {
        Ok(Self { book: Arc::new(Rulebook::read(schema, rules)?) })
    }

    /// The rules in the order of their files, as a trustee can be shown them.
    pub fn rules(&self) -> &[Rule] {
        &self.book.rules
    }

    /// May this member of staff do this, to this file, in these circumstances?
    ///
    /// An action on a file needs the file, an action on the house takes none: anything else is refused.
    pub fn decide(
        &self,
        actor: &ActorFacts,
        action: Action,
        on: Option<&FileFacts>,
        moment: &Circumstances,
    ) -> Decision {
        let decision = self.answer(actor, action, on, moment);
        if decision.allowed {
            return decision;
        }
        let needs = self.needs(actor, action, on, *moment);
        Decision { needs, ..decision }
    }

    /// The purposes for which somebody could do this now, or could with a reason or a fresh sign-in: what a form
    /// offers. Whether one of them is an exception that is checked afterwards, [`Access::decide`] says.
    pub fn purposes(
        &self,
        actor: &ActorFacts,
        action: Action,
        on: Option<&FileFacts>,
        moment: &Circumstances,
    ) -> Vec<Purpose> {
        let could = |purpose: &Purpose| {
            let decision = self.decide(actor, action, on, &Circumstances { purpose: *purpose, ..*moment });
            decision.allowed || decision.needs.is_some()
        };
        Purpose::ALL.into_iter().filter(could).collect()
    }

    /// Who can open a file in the ordinary way, and by which rules (K9, K10, K12). Exceptions to keep someone safe
    /// are open to every family worker and stand in the rules, not in this list.
    pub fn who_can_see(&self, staff: &[ActorFacts], file: &FileFacts) -> Vec<(FileId, String)> {
        let seen = |actor: &ActorFacts| {
            let mut why: Vec<&'static str> = Vec::new();
            for purpose in Purpose::ALL {
                let moment = Circumstances::of(purpose).with_reason();
                let decision = self.answer(actor, Action::OpenFile, Some(file), &moment);
                if decision.allowed && !decision.flagged {
                    why.extend(decision.because);
                }
            }
            why.sort_unstable();
            why.dedup();
            (!why.is_empty()).then(|| (actor.file, why.join(" ")))
        };
        staff.iter().filter_map(seen).collect()
    }

    /// What would turn a refusal into a yes. Giving more never takes away (tested), so both together are tried first.
    fn needs(
        &self,
        actor: &ActorFacts,
        action: Action,
        on: Option<&FileFacts>,
        moment: Circumstances,
    ) -> Option<Needs> {
        let fresh = ActorFacts { stepped_up: true, ..actor.clone() };
        let reasoned = moment.with_reason();
        let would = |actor, moment: Circumstances| self.answer(actor, action, on, &moment).allowed;
        if !would(&fresh, reasoned) {
            None
        } else if would(actor, reasoned) {
            Some(Needs::Reason)
        } else if would(&fresh, moment) {
            Some(Needs::StepUp)
        } else {
            Some(Needs::ReasonAndStepUp)
        }
    }

    /// The answer to exactly these facts, without asking what would turn a no into a yes: for lists, where a no is
    /// simply left out. Whatever cannot be worked out is refused: a rule that fails would otherwise be passed over,
    /// and it could be one that forbids.
    pub fn answer(
        &self,
        actor: &ActorFacts,
        action: Action,
        on: Option<&FileFacts>,
        moment: &Circumstances,
    ) -> Decision {
        let fits = match action.scope() {
            Scope::House => on.is_none(),
            Scope::File => on.is_some(),
            Scope::Either => true,
        };
        let (true, Some((rules, known))) = (fits, self.book.by_action.get(action.index())) else {
            return Decision::refused(NOTHING_ALLOWS);
        };
        let Some((request, entities)) = question(actor, action, on, *moment, known) else {
            return Decision::refused(UNREADABLE);
        };
        let answer = Authorizer::new().is_authorized(&request, rules, &entities);
        if answer.diagnostics().errors().next().is_some() {
            return Decision::refused(UNREADABLE);
        }
        let ids = answer.diagnostics().reason().map(AsRef::as_ref);
        self.decision(answer.decision() == Verdict::Allow, ids)
    }

    /// The words of the rules that decided.
    fn decision<'a>(&self, allowed: bool, ids: impl Iterator<Item = &'a str>) -> Decision {
        let mut decided: Vec<(usize, &Rule)> = ids.filter_map(|id| self.book.find(id)).collect();
        if decided.is_empty() {
            return Decision::refused(NOTHING_ALLOWS);
        }
        decided.sort_unstable_by_key(|(place, _)| *place);
        Decision {
            allowed,
            flagged: allowed && decided.iter().all(|(_, rule)| rule.flagged),
            because: decided.iter().map(|(_, rule)| rule.words).collect(),
            rules: decided.iter().map(|(_, rule)| rule.id).collect(),
            needs: None,
        }
    }
}

/// The question in Cedar's terms; none where facts do not make one.
fn question(
    actor: &ActorFacts,
    action: Action,
    on: Option<&FileFacts>,
    moment: Circumstances,
    known: &Entities,
) -> Option<(Request, Entities)> {
    let resource = on.map_or_else(entities::house_uid, |file| entities::file_uid(file.file));
    let context = entities::context(moment)?;
    let request = Request::new(
        entities::staff_uid(actor.file),
        entities::action_uid(action),
        resource,
        context,
        None, // the schema is not asked again for each question: a test holds facts and schema together
    )
    .ok()?;
    let mut added = vec![entities::staff(actor, on)?];
    if let Some(file) = on {
        added.push(entities::file(file)?);
    }
    Some((request, known.clone().add_entities(added, None).ok()?))
}
