//! Why somebody opened a file, kept in memory for half an hour, so that it is asked once and not on every page.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use duties::people::{Why, usual_why};
use duties::{SignedIn, Stopped};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::records::FileId;

/// For so long a purpose and a reason stand without being given again.
const LASTS: SignedDuration = SignedDuration::from_mins(30);

/// The purposes and reasons that people gave, by sign-in and file. Nothing of it is ever on disk; a second server
/// does not know it and asks again.
#[derive(Default)]
pub struct Whys(Mutex<HashMap<(String, FileId, FileId), (Why, Timestamp)>>);

impl fmt::Debug for Whys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Whys")
    }
}

impl Whys {
    /// Keeps what somebody gave.
    pub fn keep(&self, who: &SignedIn, file: FileId, why: Why, now: Timestamp) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (_, at)| now.duration_since(*at) < LASTS);
        kept.insert((who.session.clone(), who.file, file), (why, now));
    }

    /// What somebody gave for a file in the last half hour.
    pub fn given(&self, who: &SignedIn, file: FileId, now: Timestamp) -> Option<Why> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (why, at) = kept.get(&(who.session.clone(), who.file, file))?;
        (now.duration_since(*at) < LASTS).then(|| why.clone())
    }
}

/// Why somebody opens a file: as they said, or as their roles say without words.
pub(super) async fn why(app: &App, who: &SignedIn, file: FileId) -> Result<Why, Stopped> {
    match app.whys.given(who, file, app.office.now()) {
        Some(why) => Ok(why),
        None => usual_why(&app.office, who, file).await,
    }
}
