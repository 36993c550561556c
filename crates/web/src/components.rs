//! The parts that pages are put together from, where a part holds data.
//!
//! A page's handler builds these values; the template prints them: `{{ facts }}`. Parts that wrap a page's own
//! words are macros in `templates/components/ui.html`. Everything a person typed is escaped on the way out:
//! text becomes markup only through [`Html::render`], from a template that was itself escaped.

use askama::Template;
use std::fmt::{self, Write as _};

/// Markup that a template of ours has produced. There is no way to make it from a string.
#[derive(Clone, Debug, Default)]
pub struct Html(String);

impl Html {
    /// Renders a template.
    ///
    /// # Errors
    /// When the template's own formatting fails, which happens only if a value's `Display` does.
    pub fn render(template: &impl Template) -> Result<Self, askama::Error> {
        template.render().map(Self)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// Words or markup, for places that take either. Plain strings become words and are escaped.
#[derive(Clone, Debug)]
pub enum Content {
    /// Words, escaped when printed.
    Text(String),
    /// Several lines of words, escaped, one under the other (addresses).
    Lines(Vec<String>),
    /// Markup from a template of ours.
    Html(Html),
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Html> for Content {
    fn from(html: Html) -> Self {
        Self::Html(html)
    }
}

impl From<Tag> for Content {
    fn from(tag: Tag) -> Self {
        Self::Html(Html(tag.to_string()))
    }
}

impl From<Vec<String>> for Content {
    fn from(lines: Vec<String>) -> Self {
        Self::Lines(lines)
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write_escaped(f, text),
            Self::Lines(lines) => {
                for (index, line) in lines.iter().enumerate() {
                    if index > 0 {
                        f.write_str("<br>")?;
                    }
                    write_escaped(f, line)?;
                }
                Ok(())
            }
            Self::Html(html) => html.fmt(f),
        }
    }
}

impl askama::filters::HtmlSafe for Content {}

fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for character in text.chars() {
        match character {
            '&' => f.write_str("&#38;")?,
            '<' => f.write_str("&#60;")?,
            '>' => f.write_str("&#62;")?,
            '"' => f.write_str("&#34;")?,
            '\'' => f.write_str("&#39;")?,
            other => f.write_char(other)?,
        }
    }
    Ok(())
}

/// Prints a part inside another template without escaping it a second time: its own template has escaped it.
macro_rules! printed_as_markup {
    ($($part:ty),+ $(,)?) => { $(impl askama::filters::HtmlSafe for $part {})+ };
}
printed_as_markup!(
    ErrorSummary,
    Tag,
    SummaryList,
    TaskList,
    Table,
    Pagination,
    Breadcrumbs,
    ServiceNavigation,
    WarningStrip,
    ClockPanel,
    Timeline,
    ClauseBoard,
    EasyRead,
    Review
);

/// One line of the error summary.
#[derive(Clone, Debug)]
pub struct ErrorLink {
    /// Where the mended answer goes, like `#received-day`; empty when the error belongs to no field.
    pub href: String,
    /// The same words as at the field.
    pub text: String,
}

/// "There is a problem", at the top of a form that came back. Prints nothing when there is none.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary {
    /// What is wrong, in the order of the page.
    pub errors: Vec<ErrorLink>,
}

/// Which colour a [`Tag`] has. The words must say it too: colour alone says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special: brand plum on paper.
    #[default]
    Plain,
    /// Not begun, not measured.
    Grey,
    /// Under way, waiting for somebody here.
    Purple,
    /// Waiting for somebody else, due soon.
    Yellow,
    /// Done, kept.
    Green,
    /// Late, not kept, refused.
    Red,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Grey => " govuk-tag--grey",
            Self::Purple => " govuk-tag--purple",
            Self::Yellow => " govuk-tag--yellow",
            Self::Green => " govuk-tag--green",
            Self::Red => " govuk-tag--red",
        }
    }
}

/// A state in words, set off from the text.
#[derive(Clone, Debug, Template)]
#[template(source = "<strong class=\"govuk-tag{{ tone.class() }}\">{{ text }}</strong>", ext = "html")]
pub struct Tag {
    /// The state, like "Late by 2 days".
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

impl Tag {
    /// A state and its colour.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

/// A link beside a fact: "Change", with words for those who do not see which row it is in.
#[derive(Clone, Debug)]
pub struct Action {
    /// What is read, like "Change".
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// What it is about, read out after the text, like "address".
    pub about: String,
}

/// One fact with its name.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The name of the fact.
    pub key: String,
    /// The fact.
    pub value: Content,
    /// What can be done with it.
    pub actions: Vec<Action>,
}

/// Facts with their names, and what can be done with each (GOV.UK "summary list").
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/summary_list.html")]
pub struct SummaryList {
    facts: Vec<Fact>,
    card: Option<String>,
    plain: bool,
}

impl SummaryList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, key: impl Into<String>, value: impl Into<Content>) -> Self {
        self.facts.push(Fact { key: key.into(), value: value.into(), actions: Vec::new() });
        self
    }

    /// Gives the last fact a link, e.g. `action("Change", "/people/…/address", "address")`.
    #[must_use]
    pub fn action(mut self, text: impl Into<String>, href: impl Into<String>, about: impl Into<String>) -> Self {
        if let Some(fact) = self.facts.last_mut() {
            fact.actions.push(Action { text: text.into(), href: href.into(), about: about.into() });
        }
        self
    }

    /// Sets the list on a card with this heading.
    #[must_use]
    pub fn card(mut self, title: impl Into<String>) -> Self {
        self.card = Some(title.into());
        self
    }

    /// Leaves out the lines between the facts.
    #[must_use]
    pub fn without_lines(mut self) -> Self {
        self.plain = true;
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    fn any_actions(&self) -> bool {
        self.facts.iter().any(|fact| !fact.actions.is_empty())
    }
}

/// How far a task is. "Something missing" is apart from "Not started": whoever takes over must see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// An earlier task comes first.
    CannotStartYet,
    /// Nobody has begun.
    NotStarted,
    /// Begun.
    InProgress,
    /// Begun, and something is needed that is not there.
    SomethingMissing,
    /// With somebody outside.
    Waiting,
    /// Finished.
    Done,
}

impl TaskState {
    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::CannotStartYet => "Cannot start yet",
            Self::NotStarted => "Not started",
            Self::InProgress => "In progress",
            Self::SomethingMissing => "Something missing",
            Self::Waiting => "Waiting",
            Self::Done => "Done",
        }
    }

    fn tone(self) -> Option<Tone> {
        match self {
            Self::CannotStartYet | Self::Done => None,
            Self::NotStarted => Some(Tone::Grey),
            Self::InProgress => Some(Tone::Purple),
            Self::SomethingMissing => Some(Tone::Red),
            Self::Waiting => Some(Tone::Yellow),
        }
    }
}

/// One task of a case.
#[derive(Clone, Debug)]
pub struct Task {
    /// What is to be done, verb first.
    pub title: String,
    /// Where it is done; `None` while it cannot be started.
    pub href: Option<String>,
    /// A line of explanation; empty for none.
    pub hint: String,
    /// How far it is.
    pub status: Content,
    /// Whether the status is greyed ("Cannot start yet").
    pub greyed: bool,
}

impl Task {
    /// A task with one of the usual states.
    pub fn new(title: impl Into<String>, href: impl Into<String>, state: TaskState) -> Self {
        let status = match state.tone() {
            Some(tone) => Tag::new(state.words(), tone).into(),
            None => state.words().into(),
        };
        let greyed = state == TaskState::CannotStartYet;
        Self { title: title.into(), href: (!greyed).then(|| href.into()), hint: String::new(), status, greyed }
    }

    /// Adds a line of explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// The tasks of a case in order, each with its state.
#[derive(Clone, Debug, Template)]
#[template(path = "components/task_list.html")]
pub struct TaskList {
    /// Prefix of the ids in the markup; must differ between two lists on a page.
    pub id_prefix: String,
    /// The tasks.
    pub tasks: Vec<Task>,
}

impl TaskList {
    /// A list with the usual prefix.
    pub fn new(tasks: impl IntoIterator<Item = Task>) -> Self {
        Self { id_prefix: "task-list".to_owned(), tasks: tasks.into_iter().collect() }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama passes arguments by reference")]
    fn id(&self, number: &usize) -> String {
        format!("{}-{number}", self.id_prefix)
    }
}

/// One cell of a [`Table`].
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it says.
    pub content: Content,
    /// Where it leads, for the cell that names the row; `None` for plain cells.
    pub href: Option<String>,
}

impl<T: Into<Content>> From<T> for Cell {
    fn from(content: T) -> Self {
        Self { content: content.into(), href: None }
    }
}

impl Cell {
    /// A cell that leads somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { content: Content::Text(text.into()), href: Some(href.into()) }
    }
}

/// Rows and columns. With [`Table::cards`] each row becomes a card on a phone.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    caption: String,
    caption_size: &'static str,
    head: Vec<(String, bool)>,
    rows: Vec<Vec<Cell>>,
    first_cell_is_header: bool,
    cards: bool,
}

impl Table {
    /// A table with this caption: a sentence that says what is in it. Empty for none.
    pub fn new(caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), caption_size: "m", ..Self::default() }
    }

    /// Adds a column of words.
    #[must_use]
    pub fn column(mut self, title: impl Into<String>) -> Self {
        self.head.push((title.into(), false));
        self
    }

    /// Adds a column of numbers, set to the right.
    #[must_use]
    pub fn numbers(mut self, title: impl Into<String>) -> Self {
        self.head.push((title.into(), true));
        self
    }

    /// The first cell names its row.
    #[must_use]
    pub fn named_rows(mut self) -> Self {
        self.first_cell_is_header = true;
        self
    }

    /// Each row becomes a card on narrow screens, with the column titles beside the values.
    #[must_use]
    pub fn cards(mut self) -> Self {
        self.cards = true;
        self
    }

    /// Adds a row. Cells are made from words, tags, markup or [`Cell::link`].
    #[must_use]
    pub fn row(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    /// Whether there is any row; an empty state is better than an empty table.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn has_titles(&self) -> bool {
        self.head.iter().any(|(title, _)| !title.is_empty())
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama passes arguments by reference")]
    fn title(&self, index: &usize) -> &str {
        self.head.get(*index).map_or("", |(title, _)| title.as_str())
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "askama passes arguments by reference")]
    fn is_number(&self, index: &usize) -> bool {
        self.head.get(*index).is_some_and(|(_, number)| *number)
    }
}

/// One page number, or the gap between two runs of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageLink {
    /// A page.
    Number {
        /// Counted from 1.
        number: usize,
        /// Where it is.
        href: String,
        /// Whether it is the page in hand.
        current: bool,
    },
    /// Pages left out.
    Gap,
}

/// Links to the other pages of a long list. Prints nothing when there is one page only.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    /// Link to the page before.
    pub previous: Option<String>,
    /// Link to the page after.
    pub next: Option<String>,
    /// The numbers between.
    pub pages: Vec<PageLink>,
    /// What it is called where a page has it twice; else empty.
    pub label: &'static str,
}

impl Pagination {
    /// Page `current` of `total`, both counted from 1; `href` makes the link to a page.
    pub fn new(current: usize, total: usize, href: impl Fn(usize) -> String) -> Self {
        if total <= 1 {
            return Self::default();
        }
        let mut pages = Vec::new();
        let mut gap = false;
        for number in 1..=total {
            if number == 1 || number == total || number.abs_diff(current) <= 2 {
                pages.push(PageLink::Number { number, href: href(number), current: number == current });
                gap = false;
            } else if !gap {
                pages.push(PageLink::Gap);
                gap = true;
            }
        }
        Self {
            previous: (current > 1).then(|| href(current - 1)),
            next: (current < total).then(|| href(current + 1)),
            pages,
            label: "",
        }
    }

    /// The same links under another name.
    #[must_use]
    pub fn again(&self, label: &'static str) -> Self {
        Self { label, ..self.clone() }
    }
}

/// The way down to this page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/breadcrumbs.html")]
pub struct Breadcrumbs {
    /// Words and link of each page above this one, outermost first.
    pub trail: Vec<(String, String)>,
}

/// One entry of the service navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// What is read.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether the page in hand belongs to it.
    pub here: Here,
    /// Keys that lead there, like `g t`; empty for none.
    pub keys: &'static str,
}

/// How the page in hand relates to a navigation entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// Somewhere else.
    No,
    /// This very page.
    Page,
    /// A page below it.
    Within,
}

/// The sections of the application, in the same order on every page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/service_navigation.html")]
pub struct ServiceNavigation {
    /// The entries; at most seven.
    pub items: Vec<NavItem>,
}

mod own;
pub use own::{
    ClauseBoard, ClauseRow, ClauseState, ClockLine, ClockPanel, Covered, EasyRead, EasyReadRow, Entry, Review,
    ReviewRow, Span, Timeline, Urgency, Warning, WarningStrip,
};

#[cfg(test)]
mod fixtures;
