//! When a page of a file cannot be shown: the reason is asked for, the second factor, or a page says what happened.

use axum::response::{IntoResponse, Redirect, Response};
use duties::Stopped;

use crate::app::problem;
use crate::errors::Problem;
use crate::records::FileId;

/// Where somebody is led instead of what they asked for.
#[derive(Debug)]
pub enum Turned {
    /// A page that says what happened.
    Problem(Problem),
    /// To the page that asks what is missing.
    To(String),
}

impl From<Problem> for Turned {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::To(to) => Redirect::to(&to).into_response(),
        }
    }
}

/// What a handler of these pages gives.
pub type Answer = Result<Response, Turned>;

/// For a stop at a page of a file: `then` is the path that goes on afterwards, below the file.
pub fn at_file(stopped: Stopped, file: FileId, then: &str) -> Turned {
    let path = format!("/people/{file}{then}");
    match stopped {
        Stopped::NeedsReason => Turned::To(format!("/people/{file}/reason?then={}", urlencoding::encode(then))),
        Stopped::NeedsStepUp => Turned::To(step_up(&path)),
        other => Turned::Problem(problem(other)),
    }
}

/// For a stop at a page that is about no file.
pub fn at_house(stopped: Stopped, path: &str) -> Turned {
    match stopped {
        Stopped::NeedsStepUp => Turned::To(step_up(path)),
        other => Turned::Problem(problem(other)),
    }
}

fn step_up(path: &str) -> String {
    format!("/step-up?to={}", urlencoding::encode(path))
}

/// To a page, after something was done.
pub fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}
