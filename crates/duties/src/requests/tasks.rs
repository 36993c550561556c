//! What is to be done in a case and how far each task is, derived from the case itself: nobody ticks anything off.

use records::State;
use records::requests::{Stage, Verdict};

use super::details::missing;
use super::record_search::THIS_BOOK;
use super::standing::Stop;
use super::view_case::CaseView;

/// A task, in the order of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// Tell them that it arrived.
    Acknowledge,
    /// Who is asking, and may they?
    Identity,
    /// What do they want?
    Scope,
    /// Look in every place.
    Search,
    /// Gather what the book holds.
    Gather,
    /// Read it through.
    Review,
    /// The second person.
    SecondCheck,
    /// Build the pack.
    Pack,
    /// Let it go out.
    Release,
    /// Close.
    Close,
}

impl Task {
    /// All tasks in order.
    pub const ALL: [Self; 10] = [
        Self::Acknowledge,
        Self::Identity,
        Self::Scope,
        Self::Search,
        Self::Gather,
        Self::Review,
        Self::SecondCheck,
        Self::Pack,
        Self::Release,
        Self::Close,
    ];

    /// What the list says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Acknowledge => "Acknowledge",
            Self::Identity => "Who is asking, and may they?",
            Self::Scope => "Agree what is wanted",
            Self::Search => "Search places",
            Self::Gather => "Gather",
            Self::Review => "Review",
            Self::SecondCheck => "Second check",
            Self::Pack => "Pack",
            Self::Release => "Release",
            Self::Close => "Close",
        }
    }

    /// The page below the request's own where it is done.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Identity => "identity",
            Self::Scope => "scope",
            Self::Search => "search",
            Self::Gather => "gather",
            Self::Review => "review",
            Self::SecondCheck => "check",
            Self::Pack | Self::Release => "pack",
            Self::Close => "close",
        }
    }
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Progress {
    /// An earlier task comes first.
    CannotStartYet,
    /// Nobody has begun.
    NotStarted,
    /// Begun.
    InProgress,
    /// Something is needed that is not there.
    SomethingMissing,
    /// With somebody outside.
    Waiting,
    /// Finished.
    Done,
}

/// A task with how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLine {
    /// The task.
    pub task: Task,
    /// How far it is.
    pub progress: Progress,
    /// A line of explanation; empty for none. Holds nothing personal.
    pub hint: String,
}

/// The tasks of a case.
pub fn tasks(view: &CaseView) -> Vec<TaskLine> {
    Task::ALL
        .into_iter()
        .map(|task| {
            let (progress, hint) = progress(view, task);
            TaskLine { task, progress, hint }
        })
        .collect()
}

/// The task that somebody should do now: the first that is not done and not with somebody outside.
pub fn next_task(tasks: &[TaskLine]) -> Option<&TaskLine> {
    tasks
        .iter()
        .find(|line| matches!(line.progress, Progress::NotStarted | Progress::InProgress | Progress::SomethingMissing))
}

fn progress(view: &CaseView, task: Task) -> (Progress, String) {
    use Progress as P;
    let request = &view.case.request;
    let stage = request.stage;
    let done_if = |done: bool, otherwise: P| (if done { P::Done } else { otherwise }, String::new());
    match task {
        Task::Acknowledge if request.acknowledged.is_some() => letters_out(view),
        Task::Acknowledge => done_if(!stage.is_live(), P::NotStarted),
        Task::Identity => identity(view),
        Task::Scope => scope(view),
        Task::Search => search(view),
        Task::Gather => match stage {
            Stage::Open => (P::NotStarted, String::new()),
            _ if request.collected.is_none() => done_if(!stage.is_live(), P::NotStarted),
            _ => (P::Done, plural(request.items.len(), "item", "items")),
        },
        Task::Review => review(view),
        Task::SecondCheck => match stage {
            Stage::SecondCheck => (P::Waiting, "A second person reads what will go out".to_owned()),
            Stage::Approved | Stage::Released => (P::Done, String::new()),
            _ => (P::CannotStartYet, String::new()),
        },
        Task::Pack => match stage {
            Stage::Approved => done_if(request.pack.is_some(), P::NotStarted),
            Stage::Released => (P::Done, String::new()),
            _ => (P::CannotStartYet, String::new()),
        },
        Task::Release => match stage {
            Stage::Released => (P::Done, String::new()),
            Stage::Approved if request.pack.is_some() => (P::NotStarted, String::new()),
            _ => (P::CannotStartYet, String::new()),
        },
        Task::Close => match stage {
            Stage::Closed => (P::Done, String::new()),
            Stage::Released | Stage::Refused => (P::NotStarted, String::new()),
            _ => (P::CannotStartYet, String::new()),
        },
    }
}

/// Acknowledged; but a letter that nobody sent tells nobody anything.
fn letters_out(view: &CaseView) -> (Progress, String) {
    let waiting = view.letters.iter().filter(|(_, letter)| letter.is_to_send()).count();
    if waiting == 0 || !view.case.request.stage.is_live() {
        (Progress::Done, String::new())
    } else {
        let letters = plural(waiting, "letter is", "letters are");
        (Progress::SomethingMissing, format!("{letters} written and not marked as sent"))
    }
}

fn identity(view: &CaseView) -> (Progress, String) {
    let request = &view.case.request;
    if !request.stage.is_live() {
        return (Progress::Done, String::new());
    }
    let waiting = |since| {
        let days = view.case.today().duration_since(since).as_hours() / 24;
        let days = plural(usize::try_from(days).unwrap_or(0), "day", "days");
        format!("waiting since {} ({days})", clock::uk_date(since))
    };
    if let Some(asked) = request.identity.as_ref().filter(|asked| asked.received.is_none()) {
        return (Progress::Waiting, format!("Proof of identity: {}", waiting(asked.asked)));
    }
    if let Some(asked) = request.authority.as_ref().filter(|asked| asked.received.is_none()) {
        return (Progress::Waiting, format!("By what right they ask: {}", waiting(asked.asked)));
    }
    let known = request.known_because.is_some() || request.identity.is_some();
    match (known, view.may) {
        (true, Ok(_)) => (Progress::Done, String::new()),
        (true, Err(Stop::NotSettled)) => {
            (Progress::InProgress, "Settle by what right they ask for somebody else".to_owned())
        }
        (true, Err(stop)) => (Progress::SomethingMissing, stop.words()),
        (false, Ok(_)) if request.requester.is_some() => (Progress::InProgress, "Settle who they are".to_owned()),
        (false, _) => (Progress::NotStarted, String::new()),
    }
}

fn scope(view: &CaseView) -> (Progress, String) {
    let request = &view.case.request;
    if !request.stage.is_live() {
        return (Progress::Done, String::new());
    }
    if let Some(pause) = request.pauses.iter().find(|pause| pause.answered.is_none()) {
        let since = clock::uk_date(pause.asked);
        return (Progress::Waiting, format!("Asked what they mean on {since}; the clock is stopped"));
    }
    let missing = missing(request);
    if missing.is_empty() {
        (Progress::Done, String::new())
    } else {
        let words: Vec<_> = missing.iter().map(|missing| missing.words()).collect();
        let state = if request.missing_asked.is_some() { Progress::Waiting } else { Progress::SomethingMissing };
        (state, format!("Missing: {}", words.join(", ")))
    }
}

fn search(view: &CaseView) -> (Progress, String) {
    let by_hand = || view.searches.iter().filter(|(_, search)| search.place != THIS_BOOK);
    let open = by_hand().filter(|(_, search)| search.done.is_none()).count();
    if open == 0 || !view.case.request.stage.is_live() {
        (Progress::Done, String::new())
    } else if open == by_hand().count() {
        (Progress::NotStarted, plural(open, "place to look in", "places to look in"))
    } else {
        (Progress::InProgress, plural(open, "place has no answer yet", "places have no answer yet"))
    }
}

fn review(view: &CaseView) -> (Progress, String) {
    let all = view.reviews.len();
    let read = view.reviews.iter().filter(|review| review.verdict != Verdict::Unread).count();
    match view.case.request.stage {
        Stage::Open | Stage::Refused => (Progress::CannotStartYet, String::new()),
        Stage::Closed if view.case.request.release.is_none() => (Progress::CannotStartYet, String::new()),
        Stage::Review if read == 0 => (Progress::NotStarted, plural(all, "item to read", "items to read")),
        Stage::Review => (Progress::InProgress, format!("{read} of {all} items read")),
        _ => (Progress::Done, String::new()),
    }
}

fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Whether a record's header says that it still counts.
pub(crate) fn counts(state: State) -> bool {
    state != State::Superseded
}
