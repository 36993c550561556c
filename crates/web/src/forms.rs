//! Forms: what a page asks, what came back, what is wrong with it, and what may be shown again.
//!
//! A handler describes its questions once as a [`Form`]; the same description draws the empty page, and,
//! after [`Form::fill`] and [`Form::error`], the page with everything still typed in and each error said
//! twice: in the summary with a link, and at its field in the same words.

use crate::components::{ErrorLink, ErrorSummary};
use askama::Template;
use std::fmt;

/// Which control asks the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text; the value is the `type` attribute: `text`, `email`, `tel`, `search`, …
    Line(&'static str),
    /// A password with a *Show* button where scripts run.
    Password,
    /// Several lines of text.
    Area,
    /// A drop-down list. Prefer radios up to about seven choices.
    Select,
    /// Exactly one of a few.
    Radios,
    /// Any number of a few.
    Checkboxes,
    /// Day, month and year as three boxes named `name-day`, `name-month`, `name-year`.
    Date,
    /// A file from the person's device. Browsers never let a page fill this again.
    File,
}

/// Whether what was typed may be written into the page again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keep {
    Shown,
    /// Passwords, one-time codes and tokens: the value is dropped as it arrives.
    Never,
}

/// One answer that can be chosen in radios, check boxes or a drop-down list.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub text: String,
    /// A line of explanation below the text; empty for none.
    pub hint: String,
    /// Further questions that only this answer opens.
    pub reveal: Vec<Field>,
    /// When set, this is no answer but the word between two groups of answers ("or").
    pub divider: String,
}

impl Choice {
    /// An answer that posts `value` and reads `text`.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), ..Self::default() }
    }

    /// The word between two groups of answers, usually "or".
    pub fn divider(word: impl Into<String>) -> Self {
        Self { divider: word.into(), ..Self::default() }
    }

    /// Adds a line of explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Adds a question that opens below when this answer is chosen. Without scripts it is always open.
    #[must_use]
    pub fn reveal(mut self, field: Field) -> Self {
        self.reveal.push(field);
        self
    }
}

/// One question: its words, its control, what was typed, and what is wrong with it.
///
/// Prints itself: `{{ form.get("received") }}` in a template writes the whole form group.
#[derive(Clone, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    /// The posted name, and the `id` of the control.
    pub name: String,
    /// The question or label.
    pub label: String,
    /// A line of help; empty for none.
    pub hint: String,
    /// What is wrong and how to put it right, in words; `None` when nothing is.
    pub error: Option<String>,
    /// The control.
    pub kind: Kind,
    /// The answers to choose from; empty for typed fields.
    pub choices: Vec<Choice>,
    /// Everything posted under this name; for a date the three parts in order.
    values: Vec<String>,
    /// For a date: which of day, month and year the error is about.
    wrong_parts: [bool; 3],
    keep: Keep,
    heading: bool,
    size: &'static str,
    class: &'static str,
    group_class: &'static str,
    autocomplete: &'static str,
    inputmode: &'static str,
    prefix: String,
    suffix: String,
    accept: &'static str,
    multiple: bool,
    no_spellcheck: bool,
    rows: u8,
}

impl Field {
    fn new(kind: Kind, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            error: None,
            kind,
            choices: Vec::new(),
            values: Vec::new(),
            wrong_parts: [false; 3],
            keep: Keep::Shown,
            heading: false,
            size: "",
            class: "",
            group_class: "",
            autocomplete: "",
            inputmode: "",
            prefix: String::new(),
            suffix: String::new(),
            accept: "",
            multiple: false,
            no_spellcheck: false,
            rows: 5,
        }
    }

    /// One line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Line("text"), name, label)
    }

    /// An e-mail address. No spell checking: some browsers send what they check elsewhere.
    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        let mut field = Self::new(Kind::Line("email"), name, label);
        field.no_spellcheck = true;
        field
    }

    /// A telephone number.
    pub fn tel(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Line("tel"), name, label)
    }

    /// A password: never shown again, never kept. `autocomplete` is `current-password` unless changed.
    pub fn password(name: impl Into<String>, label: impl Into<String>) -> Self {
        let mut field = Self::new(Kind::Password, name, label).never_kept();
        field.autocomplete = "current-password";
        field
    }

    /// A one-time code: digits keyboard, offered by the browser, never shown again.
    pub fn code(name: impl Into<String>, label: impl Into<String>) -> Self {
        let mut field = Self::text(name, label).never_kept().inputmode("numeric").width(10);
        field.autocomplete = "one-time-code";
        field.no_spellcheck = true;
        field
    }

    /// Several lines of text, five high unless [`Field::rows`] says otherwise.
    pub fn area(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Area, name, label)
    }

    /// A drop-down list.
    pub fn select(
        name: impl Into<String>,
        label: impl Into<String>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self::new(Kind::Select, name, label).with(choices)
    }

    /// Radios: exactly one answer.
    pub fn radios(
        name: impl Into<String>,
        label: impl Into<String>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self::new(Kind::Radios, name, label).with(choices)
    }

    /// Check boxes: any number of answers, all posted under the same name.
    pub fn checkboxes(
        name: impl Into<String>,
        label: impl Into<String>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self::new(Kind::Checkboxes, name, label).with(choices)
    }

    /// A date in three boxes.
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Date, name, label)
    }

    /// A file.
    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::File, name, label)
    }

    fn with(mut self, choices: impl IntoIterator<Item = Choice>) -> Self {
        self.choices = choices.into_iter().collect();
        self
    }

    /// A line of help above the control.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What the control holds at first. Does nothing for a field that is never kept.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.put(value.into());
        self
    }

    /// A date to begin with: day, month, year as they shall stand in the boxes.
    #[must_use]
    pub fn parts(mut self, day: impl Into<String>, month: impl Into<String>, year: impl Into<String>) -> Self {
        self.values = vec![day.into(), month.into(), year.into()];
        self
    }

    /// Drops what was typed as it arrives, so that no page can show it again.
    #[must_use]
    pub fn never_kept(mut self) -> Self {
        self.keep = Keep::Never;
        self.values.clear();
        self
    }

    /// The label or legend is the page's `h1` (one question on a page).
    #[must_use]
    pub fn heading(mut self) -> Self {
        self.heading = true;
        self.size = "l";
        self
    }

    /// Size of label or legend: `s`, `m`, `l`.
    #[must_use]
    pub fn size(mut self, size: &'static str) -> Self {
        self.size = size;
        self
    }

    /// How many characters the box shall hold at a glance: 2, 3, 4, 5, 10, 20 or 30; others are ignored.
    #[must_use]
    pub fn width(mut self, characters: u8) -> Self {
        self.class = match characters {
            2 => "govuk-input--width-2",
            3 => "govuk-input--width-3",
            4 => "govuk-input--width-4",
            5 => "govuk-input--width-5",
            10 => "govuk-input--width-10",
            20 => "govuk-input--width-20",
            30 => "govuk-input--width-30",
            _ => self.class,
        };
        self
    }

    /// Radios side by side (two short answers only).
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.class = "govuk-radios--inline";
        self
    }

    /// Smaller radios or check boxes, for filters and dense staff pages.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.class = if self.kind == Kind::Radios { "govuk-radios--small" } else { "govuk-checkboxes--small" };
        self
    }

    /// The `autocomplete` attribute (HTML Living Standard, autofill field names).
    #[must_use]
    pub fn autocomplete(mut self, purpose: &'static str) -> Self {
        self.autocomplete = purpose;
        self
    }

    /// The `inputmode` attribute, e.g. `numeric`.
    #[must_use]
    pub fn inputmode(mut self, mode: &'static str) -> Self {
        self.inputmode = mode;
        self
    }

    /// Rows of a text area.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// A sign inside the box's left edge, e.g. "£".
    #[must_use]
    pub fn prefix(mut self, sign: impl Into<String>) -> Self {
        self.prefix = sign.into();
        self
    }

    /// A sign inside the box's right edge, e.g. "days".
    #[must_use]
    pub fn suffix(mut self, sign: impl Into<String>) -> Self {
        self.suffix = sign.into();
        self
    }

    /// Which files may be chosen, e.g. `.csv,text/csv`. Only a help: the server checks again.
    #[must_use]
    pub fn accept(mut self, types: &'static str) -> Self {
        self.accept = types;
        self
    }

    /// Allows several files at once.
    #[must_use]
    pub fn multiple(mut self) -> Self {
        self.multiple = true;
        self
    }

    /// Says what is wrong and how to put it right.
    #[must_use]
    pub fn error(mut self, words: impl Into<String>) -> Self {
        self.set_error(words.into(), [true; 3]);
        self
    }

    fn set_error(&mut self, words: String, wrong_parts: [bool; 3]) {
        // The first thing found is the first thing to mend; later checks must not hide it.
        if self.error.is_none() {
            self.error = Some(words);
            self.wrong_parts = wrong_parts;
        }
    }

    fn put(&mut self, value: String) {
        if self.keep == Keep::Shown {
            self.values.push(value);
        }
    }

    fn fill(&mut self, posted: &[(String, String)]) {
        if self.keep == Keep::Shown {
            self.values = match self.kind {
                Kind::Date => ["day", "month", "year"]
                    .iter()
                    .map(|part| {
                        let name = format!("{}-{part}", self.name);
                        posted.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default()
                    })
                    .collect(),
                _ => posted.iter().filter(|(key, _)| *key == self.name).map(|(_, value)| value.clone()).collect(),
            };
        }
        for field in self.choices.iter_mut().flat_map(|choice| &mut choice.reveal) {
            field.fill(posted);
        }
    }

    fn find_mut(&mut self, name: &str) -> Option<&mut Field> {
        if self.name == name {
            return Some(self);
        }
        self.choices.iter_mut().flat_map(|choice| &mut choice.reveal).find_map(|field| field.find_mut(name))
    }

    fn find(&self, name: &str) -> Option<&Field> {
        if self.name == name {
            return Some(self);
        }
        self.choices.iter().flat_map(|choice| &choice.reveal).find_map(|field| field.find(name))
    }

    fn collect_errors(&self, into: &mut Vec<ErrorLink>) {
        if let Some(error) = &self.error {
            into.push(ErrorLink { href: format!("#{}", self.first_wrong_id()), text: error.clone() });
        }
        for field in self.choices.iter().flat_map(|choice| &choice.reveal) {
            field.collect_errors(into);
        }
    }

    fn first_wrong_id(&self) -> String {
        match self.kind {
            Kind::Date => {
                let part = self.wrong_parts.iter().position(|wrong| *wrong).unwrap_or(0);
                format!("{}-{}", self.name, ["day", "month", "year"][part])
            }
            _ => self.name.clone(),
        }
    }

    /// What was typed or begun with; empty when nothing was, and always for a field that is never kept.
    pub fn typed(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama passes arguments by reference")]
    fn part(&self, index: &usize) -> &str {
        self.values.get(*index).map_or("", String::as_str)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama passes arguments by reference")]
    fn part_is_wrong(&self, index: &usize) -> bool {
        self.error.is_some() && self.wrong_parts.get(*index).copied().unwrap_or(false)
    }

    fn chosen(&self, choice: &Choice) -> bool {
        choice.divider.is_empty() && self.values.contains(&choice.value)
    }

    /// The `id` of the answer at this place, as the library numbers them: `name`, `name-2`, `name-3`, …
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama passes arguments by reference")]
    fn choice_id(&self, index0: &usize) -> String {
        if *index0 == 0 { self.name.clone() } else { format!("{}-{}", self.name, index0 + 1) }
    }

    /// Class of the block of radios or check boxes.
    fn block(&self) -> &'static str {
        if self.kind == Kind::Radios { "govuk-radios" } else { "govuk-checkboxes" }
    }

    fn input_type(&self) -> &'static str {
        if self.kind == Kind::Radios { "radio" } else { "checkbox" }
    }

    fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.is_some().then(|| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// Masks what was typed: a log line must not hold it.
impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("typed", &format_args!("[{} hidden]", self.values.len()))
            .field("wrong", &self.error.is_some())
            .finish_non_exhaustive()
    }
}

impl askama::filters::HtmlSafe for Field {}

/// The questions of one page.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<Field>,
    general: Vec<String>,
}

impl Form {
    /// A form that asks nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a question.
    #[must_use]
    pub fn ask(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// Puts what was posted back into the fields. Fields that are never kept stay empty; a name that no
    /// question has is left alone.
    #[must_use]
    pub fn fill(mut self, posted: &[(String, String)]) -> Self {
        for field in &mut self.fields {
            field.fill(posted);
        }
        self
    }

    /// Says what is wrong with the answer to `name`. The first error of a field stays. An error for a name
    /// that no question has is shown in the summary, so that it cannot get lost.
    pub fn error(&mut self, name: &str, words: impl Into<String>) -> &mut Self {
        self.error_in_parts(name, words, [true; 3])
    }

    /// As [`Form::error`], for a date of which only some of day, month and year are wrong.
    pub fn error_in_parts(&mut self, name: &str, words: impl Into<String>, wrong: [bool; 3]) -> &mut Self {
        let words = words.into();
        match self.fields.iter_mut().find_map(|field| field.find_mut(name)) {
            Some(field) => field.set_error(words, wrong),
            None => self.general.push(words),
        }
        self
    }

    /// Something wrong that belongs to no single field.
    pub fn error_overall(&mut self, words: impl Into<String>) -> &mut Self {
        self.general.push(words.into());
        self
    }

    /// Whether anything is wrong.
    pub fn has_errors(&self) -> bool {
        !self.general.is_empty() || !self.links().is_empty()
    }

    /// The summary for the top of the page; prints nothing when nothing is wrong.
    pub fn summary(&self) -> ErrorSummary {
        let mut errors: Vec<_> =
            self.general.iter().map(|text| ErrorLink { href: String::new(), text: text.clone() }).collect();
        errors.extend(self.links());
        ErrorSummary { errors }
    }

    fn links(&self) -> Vec<ErrorLink> {
        let mut errors = Vec::new();
        for field in &self.fields {
            field.collect_errors(&mut errors);
        }
        errors
    }

    /// The questions in order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The question called `name`, also when another answer opens it.
    ///
    /// # Panics
    /// When there is none: a template and its handler disagree, which the page's first test shows.
    pub fn get(&self, name: &str) -> &Field {
        // INVARIANT: template and handler name the same questions; both are fixed at compile time.
        self.fields.iter().find_map(|field| field.find(name)).expect("the form asks this question")
    }

    /// What was typed for `name`; empty when nothing was, when no question has the name, or when it is never kept.
    pub fn typed(&self, name: &str) -> &str {
        self.fields.iter().find_map(|field| field.find(name)).map_or("", Field::typed)
    }
}

#[cfg(test)]
mod tests;
