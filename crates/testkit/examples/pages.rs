//! An answer of many pages: ten papers of a hundred pages each, kept, looked at, one word covered on every page, checked, and
//! made into the pack: what each step takes for a page, and the most memory that this process had (papers are read and drawn
//! in children of this same program, as the server does it).
//!
//! `cargo run --release -p guardbook-testkit --example pages -- [PAPERS] [PAGES]`

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a measuring program")]
#![expect(clippy::cast_precision_loss, reason = "some thousands of pages")]

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use duties::notes::{NewPaper, PaperAnswers, Upload, keep_paper};
use duties::people::Why;
use duties::requests::collect;
use duties::requests::pack::{build_pack, read_part};
use duties::requests::review::{
    Approval, Decision, approve, cover_everywhere, decide, open_check, open_item, send_to_check,
};
use papers::redact::RedactionReason;
use records::{Kind, sample};
use testkit::TestOffice;

const REFERENCE: &str = "REQ-2026-0001";
/// Stands once on every page, and must stand on none that leaves.
const COVERED: &str = "Wexyl";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, rest @ ..] = arguments.as_slice()
        && first == extract::child::ARGUMENT
    {
        return extract::child::run(rest);
    }
    let number = |at: usize, usual: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(usual);
    tokio::runtime::Runtime::new().unwrap().block_on(measure(number(0, 10), number(1, 100)));
    ExitCode::SUCCESS
}

async fn measure(papers: usize, pages: usize) {
    let test = TestOffice::new().await;
    test.office.read_papers_by(extract::Worker::new(std::env::current_exe().unwrap()));
    let (ada, worker) = (test.child("Ada Quill", jiff::civil::date(2010, 5, 6)).await, test.family_worker().await);
    let mut step = Step { last: Instant::now(), pages: papers * pages };
    for number in 0..papers {
        let upload = Upload { file_name: format!("report-{number}.pdf"), bytes: pdf(number, pages) };
        let answers = PaperAnswers::for_purpose("support");
        let paper = NewPaper { title: "Report".to_owned(), text: String::new(), upload: Some(upload), answers };
        keep_paper(&test.office, &worker, ada, &Why::support(), paper).await.unwrap();
    }
    step.done("keep");
    test.add(ada, sample::content(Kind::AccessRequest, ada, test.service, "")).await;
    let (lead, trustee, office) = (test.data_protection_lead().await, test.trustee().await, &test.office);
    collect(office, &lead, REFERENCE).await.unwrap();
    step.done("gather");
    cover_everywhere(office, &lead, REFERENCE, COVERED, RedactionReason::AboutSomeoneElse).await.unwrap();
    step.done("cover_everywhere");
    let first = open_item(office, &lead, REFERENCE, 1).await.unwrap();
    let all = u32::try_from(pages).unwrap();
    for one in first.list {
        decide(office, &lead, REFERENCE, one.position, Decision::SeePages((0..all).collect())).await.unwrap();
        decide(office, &lead, REFERENCE, one.position, Decision::Give).await.unwrap();
    }
    step.done("decide");
    send_to_check(office, &lead, REFERENCE).await.unwrap();
    let check = open_check(office, &trustee, REFERENCE).await.unwrap();
    let ticked = check.dangers.iter().map(|danger| danger.key.clone()).collect();
    let yes = Approval { ticked, fingerprint: check.answer.fingerprint, comments: String::new() };
    approve(office, &trustee, REFERENCE, yes).await.unwrap();
    step.done("check_and_approve");
    build_pack(office, &lead, REFERENCE).await.unwrap();
    step.done("build_pack");
    let (_, bytes) = read_part(office, &lead, REFERENCE, "access-pack.pdf").await.unwrap();
    println!(r#"{{"name":"pack_of_pages","unit":"MB","ours":{:.1},"note":"the PDF"}}"#, bytes.len() as f64 / 1e6);
    println!(
        r#"{{"name":"pack_of_pages","unit":"MB","ours":{:.0},"note":"most memory of this process"}}"#,
        most_memory()
    );
}

struct Step {
    last: Instant,
    pages: usize,
}

impl Step {
    fn done(&mut self, name: &str) {
        let took = self.last.elapsed().as_secs_f64();
        let each = took * 1e3 / self.pages as f64;
        println!(
            r#"{{"name":"pages_{name}","unit":"s","ours":{took:.2},"pages":{},"ms_per_page":{each:.2}}}"#,
            self.pages
        );
        self.last = Instant::now();
    }
}

/// The most memory that this process had, in megabytes.
fn most_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// A PDF with so many full pages of living text.
fn pdf(number: usize, pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + page * 2)).collect();
    let mut out = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n".to_owned();
    let _ = writeln!(out, "2 0 obj<</Type/Pages/Kids[{}]/Count {pages}>>endobj", kids.join(" "));
    out.push_str("3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
    for page in 0..pages {
        let mut content = "BT /F1 11 Tf 15 TL 60 780 Td".to_owned();
        for line in 0..45 {
            let who = if line == 20 { COVERED } else { "her class" };
            let _ = write!(
                content,
                " (Paper {number}, page {page}, line {line}: she went to the farm with {who} again.) '"
            );
        }
        content.push_str(" ET");
        let (at, body) = (4 + page * 2, 5 + page * 2);
        let _ = writeln!(
            out,
            "{at} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {body} 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj"
        );
        let _ = writeln!(out, "{body} 0 obj<</Length {}>>stream\n{content}\nendstream endobj", content.len());
    }
    let _ = writeln!(out, "trailer<</Root 1 0 R/Size {}>>\n%%EOF", 4 + pages * 2);
    out.into_bytes()
}
