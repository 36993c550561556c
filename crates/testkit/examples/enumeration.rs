//! Does the website tell by its time whom it knows? Welch's t between known and unknown, over many tries in random order
//! (SECURITY bar: below 4.5). `cargo run --release -p guardbook-testkit --example enumeration -- [PAIRS]`.

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a measuring program")]

use std::time::Instant;

use duties::portal::{Key, look, send};
use jiff::SignedDuration;
use jiff::civil::date;
use rand::RngExt as _;
use records::Personal;
use records::arrival::{Answers, Asking, Reach, Want};
use testkit::TestOffice;

/// Numbers in the book, and as many that are not.
const NUMBERS: usize = 200;

fn answers(subject: &str) -> Answers {
    let text = |words: &str| Some(Personal::new(words.to_owned()));
    Answers {
        asking: Some(Asking::Person),
        want: Some(Want::See),
        subject: text(subject),
        about: text("Everything"),
        reach: Some(Reach::Website),
        ..Answers::default()
    }
}

/// Mean and variance, one value at a time.
#[derive(Default)]
struct Sum {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        let from = value - self.mean;
        self.mean += from / self.count;
        self.squares += from * (value - self.mean);
    }

    fn variance(&self) -> f64 {
        self.squares / (self.count - 1.0)
    }
}

fn welch(one: &Sum, two: &Sum) -> f64 {
    (one.mean - two.mean) / (one.variance() / one.count + two.variance() / two.count).sqrt()
}

/// Times that lie far off say something about this machine and nothing about the program: each half loses its slowest.
fn cropped(mut times: Vec<f64>) -> Sum {
    times.sort_by(f64::total_cmp);
    times.truncate(times.len() * 95 / 100);
    let mut sum = Sum::default();
    for time in times {
        sum.add(time);
    }
    sum
}

fn report(what: &str, known: Vec<f64>, unknown: Vec<f64>) {
    let (known, unknown) = (cropped(known), cropped(unknown));
    println!(
        "{what}: known {:.1} us, unknown {:.1} us, {} + {} tries, t = {:+.2} (bar: below 4.5)",
        known.mean * 1e6,
        unknown.mean * 1e6,
        known.count,
        unknown.count,
        welch(&known, &unknown)
    );
}

#[tokio::main]
async fn main() {
    let pairs: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let office = TestOffice::under("kids").await;
    for child in 0..500 {
        office.child(&format!("Child Number {child}"), date(2012, 3, 4)).await;
    }
    let mut numbers = Vec::new();
    while numbers.len() < NUMBERS {
        let given = send(&office.office, answers("Ada Sample"), None).await.unwrap().unwrap();
        numbers.push(given.number);
        office.clock.advance(SignedDuration::from_mins(1));
    }
    let never: Vec<String> = (0..NUMBERS).map(|number| format!("ZZZZ-{number:04}")).collect();

    let mut times = [Vec::new(), Vec::new()];
    let mut random = rand::rng();
    for round in 0..2 * pairs {
        if round % (NUMBERS * 8) == 0 {
            // Tries are counted by the hour.
            office.clock.advance(SignedDuration::from_hours(2));
        }
        let side = usize::from(random.random::<bool>());
        let place = random.random_range(0..NUMBERS);
        let number = if side == 0 { &numbers[place] } else { &never[place] };
        let key = Key::typed(number, "aaaa-bbbb-cccc-dddd");
        let started = Instant::now();
        let looked = look(&office.office, &key).await;
        let took = started.elapsed().as_secs_f64();
        assert!(looked.is_err());
        times[side].push(took);
    }
    let [known, unknown] = times;
    report("Looking with a wrong secret", known, unknown);

    let mut times = [Vec::new(), Vec::new()];
    for round in 0..2 * (pairs / 20) {
        if round % 100 == 0 {
            office.clock.advance(SignedDuration::from_hours(1));
        }
        let side = usize::from(random.random::<bool>());
        let child = random.random_range(0..500);
        let name = if side == 0 { format!("Child Number {child}") } else { format!("Nobody Known {child}") };
        let started = Instant::now();
        send(&office.office, answers(&name), None).await.unwrap();
        times[side].push(started.elapsed().as_secs_f64());
    }
    let [known, unknown] = times;
    report("Asking about somebody", known, unknown);
}
