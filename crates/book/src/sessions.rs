//! Sign-ins: rows with the digest of a token that only the browser holds, and nothing about the person but the file id.

use jiff::Timestamp;
use records::FileId;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::book::Book;
use crate::error::{BookError, Result};
use crate::rows::{id, moment};
use crate::sql;
use crate::work::Work;

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// The password was right; the second factor is still to come.
    HalfIn,
    /// The password was right; the second factor must be set up first.
    SettingUp,
    /// Signed in.
    In,
    /// The screen is hidden: only the second factor opens it again.
    Hidden,
}

impl SessionState {
    const fn number(self) -> i64 {
        match self {
            Self::HalfIn => 1,
            Self::SettingUp => 2,
            Self::In => 3,
            Self::Hidden => 4,
        }
    }

    const fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::HalfIn),
            2 => Some(Self::SettingUp),
            3 => Some(Self::In),
            4 => Some(Self::Hidden),
            _ => None,
        }
    }
}

/// A sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The digest of the token, in hexadecimal.
    pub id: String,
    /// Whose.
    pub file: FileId,
    /// Since when.
    pub opened: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it ends, used or not.
    pub ends: Timestamp,
    /// When the person last proved the second factor for the history.
    pub stepped_up: Option<Timestamp>,
    /// How far it is.
    pub state: SessionState,
    /// The kind of browser, in two words, so that the person knows it again.
    pub device: String,
}

impl Session {
    fn from_row(row: &AnyRow) -> Result<Self> {
        let (text, state): (String, i64) = (row.try_get("file")?, row.try_get("state")?);
        let stepped_up: Option<i64> = row.try_get("stepped_up")?;
        Ok(Self {
            id: row.try_get("id")?,
            file: id(&text, "session")?,
            opened: moment(row.try_get("opened")?, "session")?,
            seen: moment(row.try_get("seen")?, "session")?,
            ends: moment(row.try_get("ends")?, "session")?,
            stepped_up: stepped_up.map(|micros| moment(micros, "session")).transpose()?,
            state: SessionState::from_number(state)
                .ok_or_else(|| BookError::corrupt("session", "state out of range"))?,
            device: row.try_get("device")?,
        })
    }
}

impl Book {
    /// The sign-in behind a token's digest, ended or not: the caller checks the times.
    pub async fn session(&self, id: &str) -> Result<Option<Session>> {
        let row = sqlx::query(sql::SESSION).bind(id).fetch_optional(self.pool()).await?;
        row.as_ref().map(Session::from_row).transpose()
    }

    /// All sign-ins of somebody, newest first.
    pub async fn sessions_of(&self, file: FileId) -> Result<Vec<Session>> {
        let rows = sqlx::query(sql::SESSIONS_OF).bind(file.to_string()).fetch_all(self.pool()).await?;
        rows.iter().map(Session::from_row).collect()
    }

    /// Notes that a sign-in was used. It is no deed: it says nothing but that the browser is still there.
    pub async fn see_session(&self, id: &str, now: Timestamp) -> Result<()> {
        sqlx::query(sql::SEE_SESSION).bind(id).bind(now.as_microsecond()).execute(self.pool()).await?;
        Ok(())
    }

    /// Drops sign-ins that have ended.
    pub async fn drop_ended_sessions(&self, now: Timestamp) -> Result<u64> {
        let done = sqlx::query(sql::DROP_ENDED_SESSIONS).bind(now.as_microsecond()).execute(self.pool()).await?;
        Ok(done.rows_affected())
    }
}

impl Work {
    /// Adds a sign-in.
    pub async fn add_session(&mut self, session: &Session) -> Result<()> {
        let query = sqlx::query(sql::ADD_SESSION)
            .bind(session.id.clone())
            .bind(session.file.to_string())
            .bind(session.opened.as_microsecond())
            .bind(session.ends.as_microsecond())
            .bind(session.stepped_up.map(Timestamp::as_microsecond))
            .bind(session.state.number())
            .bind(session.device.clone());
        self.expect_one("ADD_SESSION", query).await
    }

    /// Changes how far a sign-in is, when it was stepped up, and when it ends.
    pub async fn set_session(&mut self, session: &Session) -> Result<()> {
        let query = sqlx::query(sql::SET_SESSION)
            .bind(session.id.clone())
            .bind(session.state.number())
            .bind(session.stepped_up.map(Timestamp::as_microsecond))
            .bind(session.ends.as_microsecond());
        self.expect_one("SET_SESSION", query).await
    }

    /// Ends one sign-in.
    pub async fn end_session(&mut self, id: &str) -> Result<bool> {
        Ok(self.run(sqlx::query(sql::END_SESSION).bind(id.to_owned())).await? == 1)
    }

    /// Ends all sign-ins of somebody: at a change of password or second factor, and when an account is closed.
    pub async fn end_sessions_of(&mut self, file: FileId) -> Result<u64> {
        self.run(sqlx::query(sql::END_SESSIONS_OF).bind(file.to_string())).await
    }
}
