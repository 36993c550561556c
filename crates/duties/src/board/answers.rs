//! What is counted of the promises about answers: what they cost, what was left out and why, how they went out, who was
//! refused and with what words. One walk over the requests, the reading of their items, and what was built.

use std::collections::{HashMap, HashSet};

use clock::Span;
use jiff::ToSpan as _;
use jiff::civil::Date;
use papers::redact::RedactionReason;
use records::requests::{AccessRequest, Review, Stage, Verdict};
use records::{Content, FileId, Kind, RecordId};

use super::measures::{Measure, many};
use super::see_board::Standing;
use crate::office::{House, Office};
use crate::requests::missing;
use crate::stopped::Stopped;

/// The regulator's details are looked at once a year. A matter of this page alone: the policy does not speak of it.
const REGULATOR_MONTHS: i32 = 12;

/// The measures of this file.
#[derive(Debug)]
pub(super) struct Answers {
    pub viewings: Measure,
    pub forms: Measure,
    pub fees: Measure,
    pub harm: Measure,
    pub others: Measure,
    pub closed: Measure,
    pub details: Measure,
    pub calls: Measure,
    pub extensions: Measure,
    pub refusals: Measure,
    pub regulator: Measure,
}

impl Answers {
    /// Counts.
    pub async fn now(office: &Office, house: &House) -> Result<Self, Stopped> {
        let mut requests = Vec::new();
        for found in office.book().all_of_kind(Kind::AccessRequest).await? {
            if let Content::AccessRequest(request) = found.record.content {
                requests.push((found.header.file, found.header.id, *request));
            }
        }
        let mut read: HashMap<RecordId, Vec<Review>> = HashMap::new();
        for found in office.book().all_of_kind(Kind::Review).await? {
            if let Content::Review(review) = found.record.content {
                read.entry(review.request).or_default().push(review);
            }
        }
        let went_out = |request: &AccessRequest| request.release.is_some();
        let out: Vec<Out<'_>> = requests
            .iter()
            .filter(|(.., request)| went_out(request))
            .map(|(_, id, request)| Out { request, read: read.get(id).map_or(&[], Vec::as_slice) })
            .collect();
        let all: Vec<&AccessRequest> = requests.iter().map(|(.., request)| request).collect();
        Ok(Self {
            viewings: viewings(office, &all),
            forms: forms(office, &all).await?,
            fees: fees(house, &all),
            harm: harm(&out),
            others: others(&out),
            closed: closed(office, &requests).await?,
            details: details(&all),
            calls: calls(&all),
            extensions: extensions(&all),
            refusals: refusals(&all),
            regulator: regulator(house, office.today()),
        })
    }
}

/// An answer that went out, with how its items were read.
struct Out<'a> {
    request: &'a AccessRequest,
    read: &'a [Review],
}

impl Out<'_> {
    /// How often a reason was relied on.
    fn relied_on(&self, reason: RedactionReason) -> usize {
        let of = |code: &str| usize::from(code == reason.code());
        let one = |review: &Review| -> usize {
            let whole = review.withheld_for.as_deref().filter(|_| review.verdict == Verdict::Withhold);
            review.covered.iter().map(|one| of(&one.reason)).sum::<usize>()
                + review.boxes.iter().map(|one| of(&one.reason)).sum::<usize>()
                + whole.map_or(0, of)
        };
        self.read.iter().map(one).sum()
    }

    /// Whether a second person approved it.
    fn checked(&self) -> bool {
        self.request.second_checks.last().is_some_and(|check| check.approved)
    }
}

fn nothing(words: &str) -> Measure {
    Measure::new(Standing::NotMeasured, words, "")
}

/// Kept where nothing speaks against it, with the references of what does.
fn judged(against: Vec<String>, kept: &str, broken: &str, evidence: String) -> Measure {
    let mut measure = if against.is_empty() {
        Measure::new(Standing::Kept, kept, evidence)
    } else {
        Measure::new(Standing::NotKept, broken, evidence)
    };
    measure.exceptions = against;
    measure
}

/// Appointments to look through the file with a member of staff (K20).
fn viewings(office: &Office, all: &[&AccessRequest]) -> Measure {
    let today = office.today();
    let (mut held, mut ahead, mut missed) = (0_usize, 0_usize, Vec::new());
    for request in all {
        for viewing in request.viewings.iter().filter(|viewing| viewing.called_off.is_none()) {
            match viewing.started {
                Some(_) => held += 1,
                None if viewing.planned.date() >= today => ahead += 1,
                None => missed.push(request.reference.clone()),
            }
        }
    }
    if held + ahead + missed.len() == 0 {
        return nothing("Nobody has asked to look through their file yet.");
    }
    let evidence = format!("{held} took place, {ahead} ahead.");
    judged(
        missed,
        "Every appointment to look through a file took place, lies ahead, or was called off with its reason.",
        "An appointment passed, and nothing is noted of it.",
        evidence,
    )
}

/// In which forms answers went out (K21, T19): to read, to hear, and for a machine.
async fn forms(office: &Office, all: &[&AccessRequest]) -> Result<Measure, Stopped> {
    let released: HashMap<RecordId, &str> = all
        .iter()
        .filter(|request| request.release.is_some())
        .filter_map(|request| Some((request.pack?, &*request.reference)))
        .collect();
    let (mut whole, mut lacking) = (0_usize, Vec::new());
    for found in office.book().all_of_kind(Kind::Pack).await? {
        let (Content::Pack(pack), Some(reference)) = (found.record.content, released.get(&found.header.id)) else {
            continue;
        };
        let has = |end: &str| pack.parts.iter().any(|part| part.file_name.ends_with(end));
        if has(".pdf") && has(".html") && has(".json") && pack.leaks == 0 {
            whole += 1;
        } else {
            lacking.push((*reference).to_owned());
        }
    }
    if whole + lacking.len() == 0 {
        return Ok(nothing("No answer has gone out yet."));
    }
    let evidence = format!("{}.", many(whole, "answer", "answers"));
    let kept = "Every answer went out as a tagged PDF, as a page and as data, with the seven things in front, and was \
                searched for what is left out.";
    Ok(judged(lacking, kept, "An answer went out in fewer forms, or with something that was to be left out.", evidence))
}

/// What answers cost (K24, T25, T28).
fn fees(house: &House, all: &[&AccessRequest]) -> Measure {
    let asked: Vec<&&AccessRequest> = all.iter().filter(|request| request.fee.is_some()).collect();
    if all.is_empty() {
        return nothing("No request has come yet.");
    }
    let allowed = house.settings().get("refuse:unfounded/fee").is_some();
    let bare = |request: &AccessRequest| {
        request.fee.as_ref().is_some_and(|fee| {
            fee.items.is_empty()
                || fee.reasons.for_page().trim().is_empty()
                || fee.evidence.for_page().trim().is_empty()
        })
    };
    let against =
        asked.iter().filter(|request| !allowed || bare(request)).map(|request| request.reference.clone()).collect();
    let evidence = format!("{} of {}.", asked.len(), many(all.len(), "request", "requests"));
    match asked.len() {
        0 => Measure::new(Standing::Kept, "Nobody was asked for money.", evidence),
        _ => judged(
            against,
            "Money was asked for only with reasons, evidence and each item of the work.",
            "Money was asked for where the policy does not allow it, or without reasons.",
            evidence,
        ),
    }
}

/// What was left out because reading it could harm (K26, T27): with an opinion that counted, and a second person.
fn harm(out: &[Out<'_>]) -> Measure {
    let relied: Vec<&Out<'_>> = out.iter().filter(|one| one.relied_on(RedactionReason::SeriousHarm) > 0).collect();
    let counted = |one: &Out<'_>| {
        one.request.opinions.iter().any(|opinion| {
            let day = one.request.release.as_ref().map(|release| records::operation::london_day(release.at));
            opinion.harm && day.is_some_and(|day| clock::opinion_counts(opinion.given, day))
        })
    };
    let against =
        relied.iter().filter(|one| !counted(one) || !one.checked()).map(|one| one.request.reference.clone()).collect();
    let evidence = format!("{} of {}.", relied.len(), many(out.len(), "answer", "answers"));
    match (out.len(), relied.len()) {
        (0, _) => nothing("No answer has gone out yet."),
        (_, 0) => Measure::new(Standing::Kept, "Nothing was left out for that reason.", evidence),
        _ => judged(
            against,
            "Wherever something was left out because it could harm, a professional’s opinion counted on the day, and a \
             second person agreed.",
            "Something was left out because it could harm, without an opinion that counted or a second person.",
            evidence,
        ),
    }
}

/// What was left out about other people (K27).
fn others(out: &[Out<'_>]) -> Measure {
    let passages: usize = out.iter().map(|one| one.relied_on(RedactionReason::AboutSomeoneElse)).sum();
    let against = out.iter().filter(|one| !one.checked()).map(|one| one.request.reference.clone()).collect();
    if out.is_empty() {
        return nothing("No answer has gone out yet.");
    }
    let evidence = format!("{} in {}.", many(passages, "passage", "passages"), many(out.len(), "answer", "answers"));
    judged(
        against,
        "A second person saw every answer as it went out, with what was left out about others.",
        "An answer went out without a second person.",
        evidence,
    )
}

/// Requests about files that are closed (K30).
async fn closed(office: &Office, requests: &[(FileId, RecordId, AccessRequest)]) -> Result<Measure, Stopped> {
    let (mut files, mut asked, mut answered, mut refused) = (HashSet::new(), 0_usize, 0_usize, Vec::new());
    for (file, _, request) in requests {
        if office.book().file_state(*file).await? != book::FileState::Closed {
            continue;
        }
        files.insert(*file);
        asked += 1;
        answered += usize::from(request.release.is_some());
        let because = request.refusal.as_ref().map(|refusal| refusal.reasons.for_page().trim().is_empty());
        if because == Some(true) {
            refused.push(request.reference.clone());
        }
    }
    if asked == 0 {
        return Ok(nothing("Nobody whose file is closed has asked yet."));
    }
    let evidence = format!("{} about closed files, {answered} answered.", many(asked, "request", "requests"));
    Ok(judged(
        refused,
        "Requests about closed files are worked on like all others.",
        "A request about a closed file was refused without a reason.",
        evidence,
    ))
}

/// The details that a request should bear (T20): there, or asked for.
fn details(all: &[&AccessRequest]) -> Measure {
    if all.is_empty() {
        return nothing("No request has come yet.");
    }
    let lacks = |request: &AccessRequest| {
        request.stage == Stage::Closed
            && request.release.is_none()
            && request.refusal.is_none()
            && request.missing_asked.is_none()
            && !missing(request).is_empty()
    };
    let against = all.iter().filter(|request| lacks(request)).map(|request| request.reference.clone()).collect();
    let evidence = format!("{}.", many(all.len(), "request", "requests"));
    judged(
        against,
        "No request was put aside because a detail was missing.",
        "A request was closed with details missing that nobody asked for.",
        evidence,
    )
}

/// Calls to make sure that it was them (T23): the number is always the file's own.
fn calls(all: &[&AccessRequest]) -> Measure {
    let calls: usize = all.iter().map(|request| request.phone_checks.len()).sum();
    let unnoted = all
        .iter()
        .filter(|request| request.phone_checks.iter().any(|call| call.number.for_page().trim().is_empty()))
        .map(|request| request.reference.clone())
        .collect();
    match calls {
        0 => nothing("Nobody had to be telephoned yet."),
        calls => judged(
            unnoted,
            "Whoever was telephoned was telephoned at the number that their file had.",
            "A call bears no number.",
            format!("{}.", many(calls, "call", "calls")),
        ),
    }
}

/// More time (T26): told within the first month, with reasons.
fn extensions(all: &[&AccessRequest]) -> Measure {
    let extended: Vec<(&AccessRequest, Date, bool)> = all
        .iter()
        .filter_map(|request| {
            let extension = request.extension.as_ref()?;
            Some((*request, extension.told, extension.reasons.for_page().trim().is_empty()))
        })
        .collect();
    // The month runs from the latest of what had to come first.
    let started = |request: &AccessRequest| {
        let of = |asked: &Option<records::requests::Asked>| asked.as_ref().and_then(|asked| asked.received);
        let paid = request.fee.as_ref().and_then(|fee| fee.paid);
        [of(&request.identity), of(&request.authority), paid].into_iter().flatten().fold(request.received, Date::max)
    };
    let paused = |request: &AccessRequest| !request.pauses.is_empty();
    let late = |(request, told, bare): &(&AccessRequest, Date, bool)| {
        *bare || (!paused(request) && *told > Span::Months(1).after(started(request)))
    };
    let against = extended.iter().filter(|one| late(one)).map(|(request, ..)| request.reference.clone()).collect();
    match extended.len() {
        0 => nothing("No request needed more time yet."),
        count => judged(
            against,
            "Whoever had to wait longer was told so, and why, within the first month.",
            "Somebody had to wait longer and was told late, or not why.",
            format!("{} of {}.", count, many(all.len(), "request", "requests")),
        ),
    }
}

/// Refusals (T28, T29): with reasons, evidence, and a letter that says how to complain.
fn refusals(all: &[&AccessRequest]) -> Measure {
    let refused: Vec<_> = all.iter().filter_map(|request| Some((request, request.refusal.as_ref()?))).collect();
    let bare = |refusal: &records::requests::Refusal| {
        refusal.reasons.for_page().trim().is_empty() || refusal.evidence.for_page().trim().is_empty()
    };
    let against =
        refused.iter().filter(|(_, refusal)| bare(refusal)).map(|(request, _)| request.reference.clone()).collect();
    let evidence = format!("{} of {}.", refused.len(), many(all.len(), "request", "requests"));
    match (all.len(), refused.len()) {
        (0, _) => nothing("No request has come yet."),
        (_, 0) => Measure::new(Standing::Kept, "No request was refused.", evidence),
        _ => judged(
            against,
            "Every refusal says why, rests on evidence, and says how to complain.",
            "A request was refused without reasons or evidence.",
            evidence,
        ),
    }
}

/// Whether the regulator's details, which stand on every notice, decision and letter, were looked at within a year (K35,
/// T39).
fn regulator(house: &House, today: Date) -> Measure {
    let regulator = &house.charity.1.regulator;
    let evidence = format!("Looked at on {}.", clock::uk_date(regulator.checked));
    if regulator.website.trim().is_empty() && regulator.phone.trim().is_empty() {
        Measure::new(Standing::NotKept, "There is no way to reach the regulator on our letters.", evidence)
    } else if regulator.checked.saturating_add(REGULATOR_MONTHS.months()) < today {
        Measure::new(Standing::Slipping, "Nobody has looked at the regulator’s details for more than a year.", evidence)
    } else {
        Measure::new(Standing::Kept, "The regulator’s details stand on every notice, decision and letter.", evidence)
    }
}
