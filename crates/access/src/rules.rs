//! The rules as text, read and checked once: what is wrong in them stops the program at its start.

use cedar_policy::{
    ActionConstraint, Entities, EntityUid, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator,
};

use crate::action::Action;

/// The schema: what the rules may speak about.
pub const SCHEMA: &str = include_str!("../policies/schema.cedarschema");

/// The rule files in the order in which a trustee reads them.
pub const RULES: &[&str] = &[
    include_str!("../policies/everybody.cedar"),
    include_str!("../policies/families.cedar"),
    include_str!("../policies/grants.cedar"),
    include_str!("../policies/requests.cedar"),
    include_str!("../policies/keeping.cedar"),
    include_str!("../policies/house.cedar"),
    include_str!("../policies/never.cedar"),
];

/// What is wrong with the rules. All of it is found at the start, none while somebody works.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The schema does not read, or two of its parts contradict each other.
    #[error("the schema of the access rules does not read: {0}")]
    Schema(String),
    /// A rule file does not read.
    #[error("access rules do not read: {0}")]
    Rules(String),
    /// A rule lacks something that every rule has.
    #[error("the access rule “{rule}” has no @{annotation}, or one with a quotation mark or line end in it")]
    Annotation {
        /// The id of the rule, or its place where it has none.
        rule: String,
        /// What is missing.
        annotation: &'static str,
    },
    /// Two rules have one id.
    #[error("two access rules are called “{0}”")]
    Twice(String),
    /// The rules do not fit the schema.
    #[error("access rules do not fit their schema: {}", .0.join("; "))]
    Unfit(Vec<String>),
    /// The program and the schema do not know the same actions.
    #[error("the action {0} is not in the schema")]
    Action(&'static str),
}

/// Whether a rule opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows.
    Permit,
    /// It refuses, whatever else allows.
    Forbid,
}

/// One rule, as a trustee can be shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// What it says, in plain words.
    pub words: &'static str,
    /// The clauses of the charity's policy that it keeps, such as "K9, T10"; empty where none names it.
    pub clauses: &'static str,
    /// Whether it opens or closes.
    pub effect: Effect,
    /// Whether what it allows is checked afterwards.
    pub flagged: bool,
    /// The rule itself, in Cedar's notation.
    pub text: String,
}

/// The rules that have passed every check.
#[derive(Debug)]
pub(crate) struct Rulebook {
    pub(crate) rules: Vec<Rule>,
    /// For each action of [`Action::ALL`], the rules that speak of it and the action with its groups.
    pub(crate) by_action: Vec<(PolicySet, Entities)>,
}

impl Rulebook {
    /// Reads and checks schema and rules.
    pub(crate) fn read(schema: &str, texts: &[&'static str]) -> Result<Self, AccessError> {
        let (schema, _) = Schema::from_cedarschema_str(schema).map_err(|e| AccessError::Schema(e.to_string()))?;
        let mut set = PolicySet::new();
        let mut rules = Vec::new();
        for text in texts {
            let parsed: PolicySet = text.parse().map_err(|e| AccessError::Rules(format!("{e}")))?;
            if let Some(template) = parsed.templates().next() {
                return Err(AccessError::Rules(format!("{} has an open place", template.id())));
            }
            for policy in parsed.policies() {
                let rule = rule_of(policy, text)?;
                set.add(policy.new_id(PolicyId::new(rule.id))).map_err(|_| AccessError::Twice(rule.id.to_owned()))?;
                rules.push(rule);
            }
        }
        let outcome = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
        if !outcome.validation_passed_without_warnings() {
            let errors = outcome.validation_errors().map(ToString::to_string);
            let warnings = outcome.validation_warnings().map(ToString::to_string);
            return Err(AccessError::Unfit(errors.chain(warnings).collect()));
        }
        let by_action = by_action(&schema, &set, &rules)?;
        Ok(Self { rules, by_action })
    }

    /// The rule with an id, and its place in the order of the files.
    pub(crate) fn find(&self, id: &str) -> Option<(usize, &Rule)> {
        self.rules.iter().enumerate().find(|(_, rule)| rule.id == id)
    }
}

/// What a rule says about itself.
fn rule_of(policy: &Policy, text: &'static str) -> Result<Rule, AccessError> {
    let id = annotation(policy, text, "id")?;
    Ok(Rule {
        id,
        words: annotation(policy, text, "words")?,
        clauses: annotation(policy, text, "clauses").unwrap_or_default(),
        effect: match policy.effect() {
            cedar_policy::Effect::Permit => Effect::Permit,
            cedar_policy::Effect::Forbid => Effect::Forbid,
        },
        flagged: policy.annotation("flag") == Some("review"),
        text: policy.to_string(),
    })
}

/// An annotation, as the piece of the rule file in which it stands: a rule's words live as long as the program.
fn annotation(policy: &Policy, text: &'static str, name: &'static str) -> Result<&'static str, AccessError> {
    let missing = || AccessError::Annotation {
        rule: policy.annotation("id").map_or_else(|| policy.id().to_string(), str::to_owned),
        annotation: name,
    };
    let value = policy.annotation(name).filter(|value| !value.is_empty()).ok_or_else(missing)?;
    let quoted = format!("@{name}(\"{value}\")");
    let at = text.find(&quoted).ok_or_else(missing)? + name.len() + 3;
    text.get(at..at + value.len()).ok_or_else(missing)
}

/// Sorts the rules by the actions that they speak of, so that a decision looks at a few of them and not at all.
fn by_action(schema: &Schema, set: &PolicySet, rules: &[Rule]) -> Result<Vec<(PolicySet, Entities)>, AccessError> {
    let actions = schema.action_entities().map_err(|e| AccessError::Schema(e.to_string()))?;
    let mut sorted = Vec::with_capacity(Action::ALL.len());
    for action in Action::ALL {
        let uid = crate::entities::action_uid(*action);
        let entity = actions.get(&uid).ok_or(AccessError::Action(action.name()))?.clone();
        let speaks = |group: &EntityUid| *group == uid || actions.is_ancestor_of(group, &uid);
        let mut few = PolicySet::new();
        for policy in rules.iter().filter_map(|rule| set.policy(&PolicyId::new(rule.id))) {
            let fits = match policy.action_constraint() {
                ActionConstraint::Any => true,
                ActionConstraint::Eq(one) => one == uid,
                ActionConstraint::In(groups) => groups.iter().any(speaks),
            };
            if fits {
                few.add(policy.clone()).map_err(|e| AccessError::Rules(e.to_string()))?;
            }
        }
        let known = Entities::from_entities([entity], None).map_err(|e| AccessError::Schema(e.to_string()))?;
        sorted.push((few, known));
    }
    Ok(sorted)
}
