//! Our parts against govuk-frontend's own samples: the same tags, attributes and words in the same order.
//!
//! The samples come with the npm package from which the stylesheet is built, so an upgrade that changes markup
//! fails here first. Compared after taking out what means nothing: space, the order of attributes and of classes.

use super::*;
use crate::forms::{Choice, Field};
use serde_json::Value;

/// What a sample is reduced to: start tags with sorted attributes, end tags, words.
fn reduced(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix('<') {
            let end = tail.find('>').unwrap();
            out.push(tag(&tail[..end]));
            rest = &tail[end + 1..];
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let words = words(&rest[..end]);
            if !words.is_empty() {
                out.push(words);
            }
            rest = &rest[end..];
        }
    }
    out
}

fn words(text: &str) -> String {
    let text = text
        .replace("&#39;", "'")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
        .replace("&#60;", "<")
        .replace("&lt;", "<");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `a class="x y" href="#"` with sorted attributes and classes. Our samples hold no `>` inside values.
fn tag(inside: &str) -> String {
    let inside = inside.trim();
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = &rest[..end];
        rest = &rest[end..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let end = value.find('"').unwrap();
            let mut parts: Vec<_> = value[..end].split_whitespace().collect();
            if key == "class" {
                parts.sort_unstable();
            }
            attributes.push(format!("{key}={}", words(&parts.join(" "))));
            rest = &value[end + 1..];
        } else {
            assert!(!rest.starts_with('='), "values stand in quotes: {inside}");
            attributes.push(key.to_owned());
        }
    }
    attributes.sort();
    format!("<{name} {}>", attributes.join(" "))
}

/// The library's sample of this name.
fn sample(component: &str, name: &str) -> String {
    let modules =
        assets::NODE_MODULES.expect("the samples come with npm: build without GUARDBOOK_ASSETS_DIR to run this test");
    let path = format!("{modules}/govuk-frontend/dist/govuk/components/{component}/fixtures.json");
    let all: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let found = all["fixtures"].as_array().unwrap().iter().find(|fixture| fixture["name"] == name);
    found.unwrap_or_else(|| panic!("{component} has no sample {name:?}"))["html"].as_str().unwrap().to_owned()
}

fn same(component: &str, name: &str, ours: &str) {
    assert_eq!(reduced(ours), reduced(&sample(component, name)), "{component}, {name}");
}

fn same_field(component: &str, name: &str, ours: &Field) {
    same(component, name, &ours.to_string());
}

/// As [`same_field`], where the sample gives the box a name that differs from its id; ours are always the same.
fn same_renamed(component: &str, name: &str, id: &str, theirs: &str, ours: &Field) {
    let expected = sample(component, name).replace(&format!("name=\"{theirs}\""), &format!("name=\"{id}\""));
    assert_eq!(reduced(&ours.to_string()), reduced(&expected), "{component}, {name}");
}

/// The macros of ui.html, printed by a template of one line.
macro_rules! macro_is {
    ($component:literal, $name:literal, $source:literal) => {{
        #[derive(Template)]
        #[template(source = $source, ext = "html")]
        struct Line;
        same($component, $name, &Line.render().unwrap());
    }};
}

#[test]
fn a_difference_is_found() {
    assert_eq!(
        reduced("<p class=\"a b\"  id=\"x\">\n  One   two</p>"),
        reduced("<p id=\"x\" class=\"b a\">One two</p>")
    );
    for other in [
        "<p class=\"a\">One</p>",
        "<div class=\"a b\">One</p>",
        "<p class=\"a b\">Two</p>",
        "<p class=\"a b\" hidden>One</p>",
        "<p class=\"a b\">One",
    ] {
        assert_ne!(reduced("<p class=\"a b\">One</p>"), reduced(other));
    }
}

#[test]
fn text_fields() {
    let card = "It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’.";
    same_field("input", "default", &Field::text("test-name", "National Insurance number"));
    same_field(
        "input",
        "with error and hint",
        &Field::text("with-error-hint", "National insurance number")
            .hint(card)
            .error("Enter a National Insurance number in the correct format"),
    );
    same_field("input", "value", &Field::text("with-value", "With value").value("QQ 12 34 56 C"));
    same_field("input", "inputmode", &Field::text("with-inputmode", "With inputmode").inputmode("decimal"));
    same_renamed(
        "input",
        "with prefix",
        "input-with-prefix",
        "amount",
        &Field::text("input-with-prefix", "Amount, in pounds").prefix("£"),
    );
    same_renamed(
        "input",
        "with suffix",
        "input-with-suffix",
        "weight",
        &Field::text("input-with-suffix", "Weight, in kilograms").suffix("kg"),
    );
    same_renamed(
        "input",
        "with width-10 class",
        "input-width-10",
        "test-width-10",
        &Field::text("input-width-10", "National insurance number").hint(card).width(10),
    );
    same_renamed(
        "input",
        "with label as page heading",
        "input-with-page-heading",
        "test-name",
        &Field::text("input-with-page-heading", "National Insurance number").heading(),
    );
    same_renamed(
        "input",
        "with autocomplete attribute",
        "input-with-autocomplete-attribute",
        "postcode",
        &Field::text("input-with-autocomplete-attribute", "Postcode").autocomplete("postal-code"),
    );
}

#[test]
fn text_areas() {
    same_field("textarea", "default", &Field::area("more-detail", "Can you provide more detail?"));
    same_field(
        "textarea",
        "with hint and error message",
        &Field::area("with-hint-error", "With hint and error").hint("Hint").error("Error message"),
    );
    same_renamed(
        "textarea",
        "with custom rows",
        "full-address",
        "address",
        &Field::area("full-address", "Full address").rows(8),
    );
}

#[test]
fn passwords_and_files() {
    same_field("password-input", "default", &Field::password("password", "Password"));
    let sample_with_error = sample("password-input", "with error message")
        .replace("name=\"test-name-3\"", "name=\"password-input-with-error-message\"");
    let ours = Field::password("password-input-with-error-message", "Password")
        .hint("It probably has some letters, numbers and maybe even some symbols in it.")
        .error("Error message goes here");
    assert_eq!(reduced(&ours.to_string()), reduced(&sample_with_error));
    same_field("file-upload", "default", &Field::file("file-upload-1", "Upload a file"));
    same_field(
        "file-upload",
        "with error message and hint",
        &Field::file("file-upload-3", "Upload a file")
            .hint("Your photo may be in your Pictures, Photos, Downloads or Desktop folder. Or in an app like iPhoto.")
            .error("Error message goes here"),
    );
    same_field("file-upload", "allows multiple files", &Field::file("file-upload-1", "Upload a file").multiple());
}

#[test]
fn choices() {
    let yes_no = || [Choice::new("yes", "Yes"), Choice::new("no", "No")];
    let changed = "Have you changed your name?";
    let includes = "This includes changing your last name or spelling your name differently.";
    same_field("radios", "default", &Field::radios("example-default", changed, yes_no()));
    same_field("radios", "with hint", &Field::radios("example-with-hint", changed, yes_no()).hint(includes));
    same_field(
        "radios",
        "with hint and error message",
        &Field::radios("example-error-message-hint", changed, yes_no()).hint(includes).error("Please select an option"),
    );
    same_field("radios", "inline", &Field::radios("example", changed, yes_no()).hint(includes).inline().value("no"));
    let divided = [
        Choice::new("government-gateway", "Use Government Gateway"),
        Choice::new("govuk-verify", "Use GOV.UK Verify"),
        Choice::divider("or"),
        Choice::new("create-account", "Create an account"),
    ];
    let expected = sample("radios", "with a divider").replace("name=\"example\"", "name=\"example-divider\"");
    let ours = Field::radios("example-divider", "How do you want to sign in?", divided).to_string();
    assert_eq!(reduced(&ours), reduced(&expected));
}

#[test]
fn check_boxes_and_lists() {
    let nations = [
        Choice::new("british", "British"),
        Choice::new("irish", "Irish"),
        Choice::new("other", "Citizen of another country"),
    ];
    same_field(
        "checkboxes",
        "default",
        &Field::checkboxes("nationality", "What is your nationality?", nations.clone()),
    );
    same_field(
        "checkboxes",
        "with error message and hint",
        &Field::checkboxes("example", "What is your nationality?", nations.into_iter().take(2))
            .hint("If you have dual nationality, select all options that are relevant to you.")
            .error("Please select an option"),
    );
    let numbers = (1..=3).map(|number| Choice::new(number.to_string(), format!("GOV.UK frontend option {number}")));
    same_field(
        "select",
        "with hint text and error message",
        &Field::select("select-2", "Label text goes here", numbers)
            .hint("Hint text goes here")
            .error("Error message goes here"),
    );
}

#[test]
fn choices_that_open_further_questions() {
    // The sample opens bare boxes, ours are whole form groups: only those are exchanged before comparing.
    let fields = [
        ("email", "Email", "Email address"),
        ("phone", "Phone", "Phone number"),
        ("text", "Text message", "Mobile phone number"),
    ];
    let inner = [("context-email", 0), ("contact-phone", 1), ("contact-text-message", 2)]
        .map(|(name, at)| Field::text(name, fields[at].2));
    for (component, chosen) in [("radios", "with conditional item checked"), ("checkboxes", "with pre-checked values")]
    {
        let name = "how-contacted-checked";
        let short = "for=\"context-email\">Email</label>";
        let mut expected = sample(component, chosen).replace(short, "for=\"context-email\">Email address</label>");
        for (field, (_, _, label)) in inner.iter().zip(fields) {
            let id = &field.name;
            let theirs = format!(
                "<label class=\"govuk-label\" for=\"{id}\">{label}</label>\n<input class=\"govuk-input govuk-!-width-one-third\" name=\"{id}\" type=\"text\" id=\"{id}\">"
            );
            assert!(expected.contains(&theirs), "{expected}");
            expected = expected.replace(&theirs, &field.to_string());
        }
        let choices =
            fields.iter().zip(&inner).map(|((value, text, _), field)| Choice::new(*value, *text).reveal(field.clone()));
        let question = "How do you want to be contacted?";
        let ours = if component == "radios" {
            Field::radios(name, question, choices).value("email")
        } else {
            Field::checkboxes(name, question, choices).value("email").value("text")
        };
        assert_eq!(reduced(&ours.to_string()), reduced(&expected), "{component}");
    }
}

#[test]
fn dates() {
    // The samples name the boxes day, month, year; ours carry the question's name too, so that a page can ask twice.
    let named = |name: &str, id: &str| {
        let mut html = sample("date-input", name);
        for part in ["day", "month", "year"] {
            html = html.replace(&format!("name=\"{part}\""), &format!("name=\"{id}-{part}\""));
        }
        reduced(&html)
    };
    let born = || Field::date("dob", "What is your date of birth?").hint("For example, 31 3 1980");
    assert_eq!(reduced(&born().to_string()), named("default", "dob"));
    let wrong = Field::date("dob-errors", "What is your date of birth?")
        .hint("For example, 31 3 1980")
        .error("Error message goes here");
    assert_eq!(reduced(&wrong.to_string()), named("with error message and hint", "dob-errors"));
    let filled = Field::date("with-values", "What is your date of birth?")
        .hint("For example, 31 3 1980")
        .parts("31", "3", "1980");
    assert_eq!(reduced(&filled.to_string()), named("with values", "with-values"));
    let mut form = crate::forms::Form::new()
        .ask(Field::date("dob-errors", "What is your date of birth?").hint("For example, 31 3 1980"));
    form.error_in_parts("dob-errors", "Error message goes here", [true, false, false]);
    assert_eq!(reduced(&form.get("dob-errors").to_string()), named("with error on single field", "dob-errors"));
}

#[test]
fn error_summaries() {
    let link = |href: &str, text: &str| ErrorLink { href: href.into(), text: text.into() };
    let summary = ErrorSummary {
        errors: vec![
            link("", "Invalid username or password"),
            link("#example-error-1", "Agree to the terms of service to log in"),
        ],
    };
    let reduced_sample = reduced(&sample("error-summary", "mixed with and without links"));
    assert_eq!(reduced(&summary.to_string()), reduced_sample);
    macro_is!(
        "error-message",
        "id",
        "{% import \"components/ui.html\" as ui %}{{ ui::error_message(\"my-error-message-id\", \"This is an error message\") }}"
    );
}

#[test]
fn facts_and_tasks() {
    same(
        "summary-list",
        "as a summary card with a text header",
        &SummaryList::new()
            .fact("Name", "Firstname Lastname")
            .fact("Date of birth", "13/08/1980")
            .card("Undergraduate teaching assistant")
            .to_string(),
    );
    let some = SummaryList::new()
        .fact("Name", "Firstname Lastname")
        .action("Edit", "#", "name")
        .action("Delete", "#", "name")
        .fact("Date of birth", "13/08/1980");
    let sample_rows = reduced(&sample("summary-list", "with some actions"));
    let ours = reduced(&some.to_string());
    // The sample's third row holds markup of its own; the first two are compared.
    assert_eq!(ours[..ours.len() - 1], sample_rows[..ours.len() - 1]);
    let tag = |text: &str, colour: &str| {
        Content::Html(Html(format!("<strong class=\"govuk-tag govuk-tag--{colour}\">{text}</strong>")))
    };
    let task = |title: &str, hint: &str, status: Content| Task {
        title: title.into(),
        href: Some("#".into()),
        hint: hint.into(),
        status,
        greyed: false,
    };
    let tasks = TaskList::new([
        task("Company Directors", "", "Completed".into()),
        task("Registered company details", "", tag("Not started", "teal")),
        task(
            "Business plan",
            "Ensure the plan covers objectives, strategies, sales, marketing and financial forecasts.",
            tag("Review", "magenta"),
        ),
        task("Documentation", "", tag("In progress", "blue")),
        task("Charitable status", "", tag("Error", "red")),
        Task::new("Payment", "#", TaskState::CannotStartYet).hint("It will cost between £15 and £75"),
    ]);
    same("task-list", "with hint text and additional states", &tasks.to_string());
}

#[test]
fn tables() {
    let rows = [["January", "£85", "£95"], ["February", "£75", "£55"], ["March", "£165", "£125"]];
    let mut table = Table::new("Caption 1: Months and rates")
        .column("Month you apply")
        .numbers("Rate for bicycles")
        .numbers("Rate for vehicles")
        .named_rows();
    for row in rows {
        table = table.row(row.map(Cell::from));
    }
    same("table", "with head and caption", &table.to_string());
    let mut plain = Table::new("").column("").numbers("").numbers("").named_rows();
    for row in rows {
        plain = plain.row(row.map(Cell::from));
    }
    same("table", "with firstCellIsHeader true", &plain.to_string());
}

#[test]
fn ways_around() {
    // The arrows are our own drawing, so what lies inside svg is left out on both sides.
    let without_drawings = |html: &str| {
        let mut pieces = reduced(html);
        pieces.retain(|piece| !piece.starts_with("<path") && !piece.starts_with("</path"));
        pieces
    };
    let link = |number: usize, current| PageLink::Number { number, href: format!("/page/{number}"), current };
    let many = Pagination {
        previous: Some("/previous".into()),
        next: Some("/next".into()),
        pages: vec![
            link(1, false),
            PageLink::Gap,
            link(8, false),
            link(9, false),
            link(10, true),
            link(11, false),
            link(12, false),
            PageLink::Gap,
            link(40, false),
        ],
        label: "",
    };
    assert_eq!(without_drawings(&many.to_string()), without_drawings(&sample("pagination", "with many pages")));
    let built = Pagination::new(10, 40, |number| format!("/page/{number}"));
    assert_eq!(built.pages, many.pages);
    let ends = Pagination { pages: Vec::new(), ..many };
    assert_eq!(without_drawings(&ends.to_string()), without_drawings(&sample("pagination", "with prev and next only")));
    assert_eq!(Pagination::new(1, 1, |_| String::new()).to_string().trim(), "");

    let trail = ["Home", "Section", "Sub-section", "Sub Sub-section"].map(str::to_owned);
    let paths = ["/", "/section", "/section/sub-section", "/section/sub-section/sub-sub-section"].map(str::to_owned);
    same("breadcrumbs", "default", &Breadcrumbs { trail: trail.into_iter().zip(paths).collect() }.to_string());

    let items = (1..=4).map(|number| NavItem {
        text: format!("Navigation item {number}"),
        href: format!("#/{number}"),
        here: if number == 2 { Here::Page } else { Here::No },
        keys: "",
    });
    same(
        "service-navigation",
        "with navigation with a current item",
        &ServiceNavigation { items: items.collect() }.to_string(),
    );
    macro_is!(
        "skip-link",
        "custom text",
        "{% import \"components/ui.html\" as ui %}{{ ui::skip_link(text=\"skip\", href=\"#content\") }}"
    );
}

#[test]
fn a_way_back_is_the_samples_link_inside_a_landmark() {
    #[derive(Template)]
    #[template(source = "{% import \"components/ui.html\" as ui %}{{ ui::back_link(\"#\") }}", ext = "html")]
    struct Line;
    let ours = reduced(&Line.render().unwrap());
    assert_eq!(ours[1..ours.len() - 1], reduced(&sample("back-link", "default")));
    assert_eq!(ours[0], "<nav aria-label=Back>");
}

#[test]
fn buttons() {
    macro_is!(
        "button",
        "default",
        "{% import \"components/ui.html\" as ui %}{{ ui::button(\"Save and continue\", once=false) }}"
    );
    macro_is!(
        "button",
        "prevent double click",
        "{% import \"components/ui.html\" as ui %}{{ ui::button(\"Submit\") }}"
    );
    macro_is!(
        "button",
        "secondary",
        "{% import \"components/ui.html\" as ui %}{{ ui::button(\"Secondary button\", kind=\"secondary\", name=\"secondary\", once=false) }}"
    );
    macro_is!(
        "button",
        "warning",
        "{% import \"components/ui.html\" as ui %}{{ ui::button(\"Warning button\", kind=\"warning\", name=\"Warning\", once=false) }}"
    );
    macro_is!(
        "button",
        "disabled",
        "{% import \"components/ui.html\" as ui %}{{ ui::button(\"Disabled button\", disabled=true, once=false) }}"
    );
    macro_is!(
        "button",
        "link",
        "{% import \"components/ui.html\" as ui %}{{ ui::button_link(\"Link button\", \"/\") }}"
    );
}

#[test]
fn words_set_off_from_the_text() {
    macro_is!("tag", "grey", "{% import \"components/ui.html\" as ui %}{{ ui::tag(\"Grey\", \"grey\") }}");
    same("tag", "grey", &Tag::new("Grey", Tone::Grey).to_string());
    macro_is!("tag", "default", "{% import \"components/ui.html\" as ui %}{{ ui::tag(\"Alpha\") }}");
    macro_is!(
        "warning-text",
        "default",
        "{% import \"components/ui.html\" as ui %}{{ ui::warning_text(\"You can be fined up to £5,000 if you don’t register.\") }}"
    );
    macro_is!(
        "inset-text",
        "default",
        "{% import \"components/ui.html\" as ui %}{% call ui::inset() %}It can take up to 8 weeks to register a lasting power of attorney if there are no mistakes in the application.{% endcall %}"
    );
    macro_is!(
        "details",
        "default",
        "{% import \"components/ui.html\" as ui %}{% call ui::details(\"Help with nationality\") %}We need to know your nationality so we can work out which elections you’re entitled to vote in. If you can’t provide your nationality, you’ll have to send copies of identity documents through the post.{% endcall %}"
    );
    macro_is!(
        "panel",
        "default",
        "{% import \"components/ui.html\" as ui %}{% call ui::panel(\"Application complete\") %}Your reference number<br><strong>HDJ2123F</strong>{% endcall %}"
    );
    macro_is!(
        "notification-banner",
        "default",
        "{% import \"components/ui.html\" as ui %}{{ ui::banner(\"This publication was withdrawn on 7 March 2014.\") }}"
    );
    macro_is!(
        "notification-banner",
        "with type as success",
        "{% import \"components/ui.html\" as ui %}{{ ui::banner(\"Email sent to example@email.com\", title=\"Success\", success=true) }}"
    );
}

#[test]
fn whatever_is_typed_is_escaped_in_every_part() {
    let bad = "<script>\"'&";
    let pages = [
        Field::text("a", bad).hint(bad).error(bad).value(bad).to_string(),
        Field::radios("a", bad, [Choice::new(bad, bad).hint(bad)]).to_string(),
        SummaryList::new().fact(bad, bad).action(bad, "#", bad).card(bad).to_string(),
        SummaryList::new().fact("a", vec![bad.to_owned(), bad.to_owned()]).to_string(),
        Table::new(bad).column(bad).cards().row([Cell::link(bad, "#")]).row([bad.into()]).to_string(),
        TaskList::new([Task::new(bad, "#", TaskState::Done).hint(bad)]).to_string(),
        Tag::new(bad, Tone::Plain).to_string(),
        WarningStrip { warnings: vec![Warning { title: bad.into(), text: bad.into() }] }.to_string(),
        Timeline { entries: vec![Entry { text: Some(bad.into()), ..Entry::new(bad, bad) }] }.to_string(),
        Review {
            rows: vec![ReviewRow {
                number: 1,
                ticked: None,
                spans: vec![Span::Plain(bad.into()), Span::Marked { words: bad.into(), reason: 1, why: bad.into() }],
            }],
            ..Review::default()
        }
        .to_string(),
    ];
    for page in pages {
        assert!(!page.contains("<script>") && !page.contains("\"'"), "{page}");
        assert!(page.contains("&#60;script&#62;"), "{page}");
    }
}
