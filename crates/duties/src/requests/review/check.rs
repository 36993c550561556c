//! The second person: sees exactly what will go out, looks at every danger, and says yes or sends it back.

use access::Action;
use book::Act;
use records::Personal;
use records::requests::{SecondCheck, Stage, Verdict};

use super::answer::{Answer, Opened};
use super::case::Case;
use super::danger::{Danger, dangers};
use super::exemptions::Unmet;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why an answer did not go to the second person, or did not get their yes.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The request is at another stage.
    #[error("this request is not at this stage now")]
    WrongStage,
    /// Some items are not read yet.
    #[error("{0} items are not read yet")]
    Unread(usize),
    /// Items that were told in confidence would go out without a word on why.
    #[error("items told in confidence have no remark: {0:?}")]
    InConfidence(Vec<u32>),
    /// Items lack something that the law asks for before they can go out.
    #[error("items lack something: {0:?}")]
    Lacking(Vec<(u32, Unmet)>),
    /// Whoever worked on an answer does not check it.
    #[error("you worked on this answer: somebody else checks it")]
    SamePerson,
    /// Some dangers are not ticked.
    #[error("{} dangers are not ticked", .0.len())]
    NotLookedAt(Vec<Danger>),
    /// The answer changed while the page was open.
    #[error("the answer changed while you had it open")]
    Changed,
    /// Comments are missing.
    #[error("write what is to be changed")]
    NoComments,
}

impl From<book::BookError> for CheckError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// An answer before the second person, or before anybody who looks at it as the person who asked will.
pub struct OnCheck {
    /// The request.
    pub case: Case,
    /// As it will be seen, with its digest.
    pub answer: Answer,
    /// What to look at.
    pub dangers: Vec<Danger>,
    /// Whether this person may say yes.
    pub may_approve: bool,
    /// Whether this person worked on the answer.
    pub worked_on_it: bool,
}

/// The second person's yes.
#[derive(Clone, Debug, Default)]
pub struct Approval {
    /// The keys of the dangers that were ticked.
    pub ticked: Vec<String>,
    /// The digest of what was on the page.
    pub fingerprint: String,
    /// Comments; may be empty.
    pub comments: String,
}

/// Sends a request that is read through to the second person.
pub async fn send_to_check(office: &Office, who: &SignedIn, reference: &str) -> Result<(), CheckError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::WorkOnRequest).await?;
    if case.request.stage != Stage::Review {
        return Err(CheckError::WrongStage);
    }
    let unread = case.items.iter().filter(|item| item.review.verdict == Verdict::Unread).count();
    if unread > 0 {
        return Err(CheckError::Unread(unread));
    }
    let opened = Opened::load(office, case).await?;
    let silent: Vec<u32> = opened
        .items
        .iter()
        .filter(|(gathered, texts)| {
            let review = &gathered.review;
            review.verdict == Verdict::Give
                && texts.in_confidence.is_some()
                && review.remarks.is_none()
                && !opened.case.agreed(&review.item)
        })
        .map(|(gathered, _)| gathered.review.position)
        .collect();
    if !silent.is_empty() {
        return Err(CheckError::InConfidence(silent));
    }
    let lacking = opened.lacking(operation.today());
    if !lacking.is_empty() {
        return Err(CheckError::Lacking(lacking));
    }
    let mut request = opened.case.request.clone();
    request.stage = Stage::SecondCheck;
    let mut work = office.book().begin(&operation).await?;
    opened
        .case
        .change_request(&mut work, Act::ItemReviewed, request, "Read through; sent to the second person")
        .await?;
    work.commit().await?;
    Ok(())
}

/// Opens the answer as the person who asked will see it. The view is entered first.
pub async fn open_check(office: &Office, who: &SignedIn, reference: &str) -> Result<OnCheck, Stopped> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::SeeReview).await?;
    let seen = (case.header.id, case.header.kind);
    office.book().seen(&operation, Act::RecordSeen, case.file, Some(seen)).await?;
    let worked_on_it = case.worked_on_it(office).await?.contains(&who.file);
    let may_approve = case.permit(office, who, Action::ApproveRelease).await.is_ok();
    let opened = Opened::load(office, case).await?;
    let answer = opened.answer();
    let dangers = dangers(office, &opened, &answer).await?;
    Ok(OnCheck { case: opened.case, answer, dangers, may_approve, worked_on_it })
}

/// The second person says yes to exactly what was on their page.
pub async fn approve(office: &Office, who: &SignedIn, reference: &str, yes: Approval) -> Result<(), CheckError> {
    let case = Case::load(office, reference).await?;
    refuse_the_same_person(office, who, &case).await?;
    let operation = case.permit(office, who, Action::ApproveRelease).await?;
    if case.request.stage != Stage::SecondCheck {
        return Err(CheckError::WrongStage);
    }
    let opened = Opened::load(office, case).await?;
    let answer = opened.answer();
    if answer.fingerprint != yes.fingerprint {
        return Err(CheckError::Changed);
    }
    let lacking = opened.lacking(operation.today());
    if !lacking.is_empty() {
        return Err(CheckError::Lacking(lacking));
    }
    let dangers = dangers(office, &opened, &answer).await?;
    let missed: Vec<Danger> = dangers.iter().filter(|danger| !yes.ticked.contains(&danger.key)).cloned().collect();
    if !missed.is_empty() {
        return Err(CheckError::NotLookedAt(missed));
    }
    let mut request = opened.case.request.clone();
    request.stage = Stage::Approved;
    request.second_checks.push(SecondCheck {
        by: who.file,
        at: operation.now,
        approved: true,
        comments: Personal::new(yes.comments.trim().to_owned()),
        dangers_seen: u32::try_from(dangers.len()).unwrap_or(u32::MAX),
        fingerprint: answer.fingerprint,
    });
    let mut work = office.book().begin(&operation).await?;
    opened
        .case
        .change_request(&mut work, Act::SecondChecked, request, "Checked and approved by the second person")
        .await?;
    work.commit().await?;
    Ok(())
}

/// The second person sends it back, with what is to be changed.
pub async fn send_back(office: &Office, who: &SignedIn, reference: &str, comments: &str) -> Result<(), CheckError> {
    let case = Case::load(office, reference).await?;
    refuse_the_same_person(office, who, &case).await?;
    let operation = case.permit(office, who, Action::ApproveRelease).await?;
    if case.request.stage != Stage::SecondCheck {
        return Err(CheckError::WrongStage);
    }
    if comments.trim().is_empty() {
        return Err(CheckError::NoComments);
    }
    let mut request = case.request.clone();
    request.stage = Stage::Review;
    request.second_checks.push(SecondCheck {
        by: who.file,
        at: operation.now,
        approved: false,
        comments: Personal::new(comments.trim().to_owned()),
        dangers_seen: 0,
        fingerprint: String::new(),
    });
    let mut work = office.book().begin(&operation).await?;
    case.change_request(&mut work, Act::SentBack, request, "Sent back by the second person").await?;
    work.commit().await?;
    Ok(())
}

/// Takes an answer back to be read through again. An approval that was given is void.
pub async fn reopen_review(office: &Office, who: &SignedIn, reference: &str) -> Result<(), CheckError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::WorkOnRequest).await?;
    if !matches!(case.request.stage, Stage::SecondCheck | Stage::Approved) {
        return Err(CheckError::WrongStage);
    }
    let mut request = case.request.clone();
    request.stage = Stage::Review;
    request.pack = None;
    let mut work = office.book().begin(&operation).await?;
    case.change_request(&mut work, Act::ItemReviewed, request, "Taken back to be read through again").await?;
    work.commit().await?;
    Ok(())
}

/// Said in plain words before the rules of access, which refuse the same, are asked.
async fn refuse_the_same_person(office: &Office, who: &SignedIn, case: &Case) -> Result<(), CheckError> {
    case.permit(office, who, Action::SeeReview).await?;
    if case.worked_on_it(office).await?.contains(&who.file) {
        return Err(CheckError::SamePerson);
    }
    Ok(())
}
