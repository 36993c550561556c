//! Two verifiers, two languages, one verdict: on committed vectors through the command line, and on random tamperings.

#![expect(clippy::unwrap_used, reason = "tests")]

mod sample;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use ledger::{Act, Entry, verify};
use rand::prelude::*;
use sample::{Log, NAME, TAMPERINGS, checkpoint, entry, false_key, key, tamper};
use serde_json::{Value, json};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn verify_py() -> PathBuf {
    here().join("../../tools/verify.py")
}

fn verdict(log: &Log) -> Value {
    serde_json::to_value(verify(&log.entries, &log.checkpoints, &log.vkey.parse().unwrap())).unwrap()
}

fn as_json(name: &str, log: &Log) -> Value {
    json!({
        "name": name,
        "vkey": log.vkey,
        "entries": log.entries.iter().map(|entry| STANDARD.encode(entry)).collect::<Vec<_>>(),
        "checkpoints": log.checkpoints,
        "report": verdict(log),
    })
}

/// A log with these entries and one checkpoint at its end.
fn signed(entries: Vec<Vec<u8>>) -> Log {
    Log { checkpoints: vec![checkpoint(&entries, entries.len(), &key())], entries, ..Log::honest(0, &[]) }
}

fn with_entry(at: usize, changed: Vec<u8>) -> Log {
    let mut entries = Log::honest(6, &[]).entries;
    entries[at] = changed;
    signed(entries)
}

/// A note over any text, under the owner's key.
fn note_over(text: &str) -> String {
    let true_note = ledger::sign_checkpoint(0, &[0; 32], &key());
    let true_value = STANDARD.decode(true_note.rsplit(' ').next().unwrap().trim()).unwrap();
    let signature = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).sign(text.as_bytes());
    format!("{text}\n\u{2014} {NAME} {}\n", STANDARD.encode([&true_value[..4], &signature.to_bytes()].concat()))
}

fn with_note(note: String) -> Log {
    let mut log = Log::honest(4, &[4]);
    log.checkpoints.push(note);
    log
}

/// Named logs, good and bad; small, and the same on every run.
fn cases() -> Vec<(String, Log)> {
    let six = Log::honest(6, &[2, 6]);
    let root = STANDARD.encode(sample::root(&Log::honest(4, &[]).entries));
    let all_acts =
        (0_u64..).zip(Act::ALL).map(|(seq, &act)| Entry { act, day: 20_260_301, ..entry(seq) }.encode()).collect();
    let mut bad_act = entry(2).encode();
    bad_act[13..15].copy_from_slice(&(u16::try_from(Act::ALL.len()).unwrap() + 1).to_be_bytes());
    let mut bad_format = entry(2).encode();
    bad_format[0] = 2;
    let cosigned = {
        let note = checkpoint(&six.entries, 6, &key());
        let other = checkpoint(&six.entries, 6, &false_key());
        note + other.split_once("\n\n").unwrap().1
    };
    let mut out: Vec<(String, Log)> = vec![
        ("good, empty".into(), Log::honest(0, &[])),
        ("good, empty and signed".into(), Log::honest(0, &[0])),
        ("good, one entry".into(), Log::honest(1, &[1])),
        ("good, six entries".into(), six.clone()),
        ("good, unsigned end".into(), Log::honest(9, &[3, 7])),
        ("good, the same note twice".into(), Log { checkpoints: vec![six.checkpoints[1].clone(); 2], ..six.clone() }),
        ("good, signed by somebody else as well".into(), Log { checkpoints: vec![cosigned], ..six.clone() }),
        ("good, every act".into(), signed(all_acts)),
        ("good, extension line".into(), with_note(note_over(&format!("{NAME}\n4\n{root}\nmore to say\n")))),
        ("bad, nobody vouches".into(), Log::honest(2, &[])),
        ("bad, unknown act".into(), with_entry(2, bad_act)),
        ("bad, unknown format".into(), with_entry(2, bad_format)),
        ("bad, no entry at all".into(), with_entry(2, Vec::new())),
        ("bad, no such month".into(), with_entry(2, Entry { day: 20_261_301, ..entry(2) }.encode())),
        ("bad, no such day".into(), with_entry(2, Entry { day: 20_260_300, ..entry(2) }.encode())),
        ("bad, day before the last".into(), with_entry(5, Entry { day: 20_250_101, ..entry(5) }.encode())),
        ("bad, highest number".into(), with_entry(2, Entry { seq: u64::MAX, ..entry(2) }.encode())),
        ("bad, another ledger".into(), with_note(note_over(&format!("another.example\n4\n{root}\n")))),
        ("bad, size with a leading zero".into(), with_note(note_over(&format!("{NAME}\n04\n{root}\n")))),
        ("bad, size with a sign".into(), with_note(note_over(&format!("{NAME}\n+4\n{root}\n")))),
        ("bad, size above 64 bits".into(), with_note(note_over(&format!("{NAME}\n18446744073709551616\n{root}\n")))),
        ("bad, highest size".into(), with_note(note_over(&format!("{NAME}\n18446744073709551615\n{root}\n")))),
        ("bad, short root".into(), with_note(note_over(&format!("{NAME}\n4\nAAAA\n")))),
        ("bad, no root".into(), with_note(note_over(&format!("{NAME}\n4\n")))),
        ("bad, not a note".into(), with_note("nothing".into())),
        ("bad, empty note".into(), with_note(String::new())),
        (
            "bad, the same bad note twice".into(),
            Log { checkpoints: vec!["nothing".to_owned(); 2], ..Log::honest(4, &[]) },
        ),
        ("bad, carriage returns".into(), with_note(checkpoint(&six.entries, 4, &key()).replace('\n', "\r\n"))),
    ];
    let mut rng = StdRng::seed_from_u64(1);
    out.extend(TAMPERINGS.iter().map(|&how| (format!("bad, {how}"), tamper(&six, how, &mut rng))));
    out
}

fn file_name(name: &str) -> String {
    format!("{}.json", name.replace(", ", "-").replace(' ', "_"))
}

/// The vectors are files, so that a third verifier can be held to them. Set GUARDBOOK_WRITE_VECTORS to write them after a change of format.
#[test]
fn the_committed_vectors_are_what_this_code_makes() {
    let folder = here().join("tests/vectors");
    let writing = std::env::var_os("GUARDBOOK_WRITE_VECTORS").is_some();
    let mut names = Vec::new();
    for (name, log) in cases() {
        let (path, made) = (folder.join(file_name(&name)), as_json(&name, &log));
        assert_eq!(made["report"]["ok"], name.starts_with("good"), "{name}: {}", made["report"]);
        if writing {
            std::fs::write(&path, serde_json::to_string_pretty(&made).unwrap() + "\n").unwrap();
        }
        let committed: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(committed, made, "{name}");
        names.push(file_name(&name));
    }
    names.sort();
    let mut found: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, names);
}

/// Runs the second verifier as a trustee would; its verdict and exit code.
fn run(arguments: &[&str]) -> (Value, i32) {
    let output = Command::new("python3").arg("-B").arg(verify_py()).arg("--json").args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (serde_json::from_str(&text).unwrap(), output.status.code().unwrap())
}

#[test]
fn both_verifiers_agree_on_every_vector_word_for_word() {
    let folder = tempfile::tempdir().unwrap();
    for (name, log) in cases() {
        let entries = folder.path().join("entries.jsonl");
        let lines: Vec<String> = log.entries.iter().map(|entry| format!("\"{}\"\n", STANDARD.encode(entry))).collect();
        std::fs::write(&entries, lines.concat()).unwrap();
        let mut arguments =
            vec!["--entries".to_owned(), entries.display().to_string(), "--vkey".to_owned(), log.vkey.clone()];
        for (number, note) in log.checkpoints.iter().enumerate() {
            let path = folder.path().join(format!("{number}.note"));
            std::fs::write(&path, note).unwrap();
            arguments.extend(["--checkpoint".to_owned(), path.display().to_string()]);
        }
        let (theirs, code) = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(theirs, verdict(&log), "{name}");
        assert_eq!(code, i32::from(!name.starts_with("good")), "{name}");
    }
}

/// Asks the second verifier about many logs in one process.
fn ask(logs: &[Log]) -> Vec<Value> {
    let program = "import sys,json,base64,importlib.util as u\n\
        s=u.spec_from_file_location('v',sys.argv[1]); v=u.module_from_spec(s); s.loader.exec_module(v)\n\
        for line in sys.stdin:\n \
            c=json.loads(line); print(json.dumps(v.verify(map(base64.b64decode,c['entries']),c['checkpoints'],v.Key(c['vkey']))))";
    let mut child = Command::new("python3")
        .args(["-B", "-c", program])
        .arg(verify_py())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let lines: Vec<String> = logs.iter().map(|log| as_json("", log).to_string() + "\n").collect();
    let writer = std::thread::spawn(move || input.write_all(lines.concat().as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
        .stdout
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

#[test]
fn both_verifiers_agree_on_four_hundred_random_logs() {
    let mut rng = StdRng::seed_from_u64(8032);
    let mut logs = Vec::new();
    for _ in 0..24 {
        let honest = Log::random(&mut rng);
        logs.extend(TAMPERINGS.iter().map(|how| tamper(&honest, how, &mut rng)));
        logs.push(honest);
    }
    let theirs = ask(&logs);
    assert_eq!(theirs.len(), logs.len());
    for (number, (log, theirs)) in logs.iter().zip(theirs).enumerate() {
        assert_eq!(theirs, verdict(log), "log {number}");
    }
}

/// A signature of the owner's over a note's text with the neutral point as R: s = k·a, so that s·B = R + k·A holds.
fn signature_with_neutral_r(note: &str) -> Vec<u8> {
    let program = "import sys,hashlib\n\
        order=2**252+27742317777372353535851937790883648493; n=lambda b: int.from_bytes(b,'little')\n\
        a=n(hashlib.sha512(bytes([7]*32)).digest()[:32])&~7&(1<<254)-1|1<<254\n\
        r=bytes([1]+[0]*31); k=n(hashlib.sha512(r+bytes.fromhex(sys.argv[1])+bytes.fromhex(sys.argv[2])).digest())\n\
        print((r+(k*a%order).to_bytes(32,'little')).hex())";
    let public = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
    let text = &note[..=note.rfind("\n\n").unwrap()];
    let output = Command::new("python3")
        .args(["-c", program, &hex::encode(public.as_bytes()), &hex::encode(text)])
        .output()
        .unwrap();
    let signature = hex::decode(output.stdout.trim_ascii()).unwrap();
    // The control: only strictness refuses it.
    let lax = ed25519_dalek::Signature::from_slice(&signature).unwrap();
    assert!(ed25519_dalek::Verifier::verify(&public, text.as_bytes(), &lax).is_ok());
    signature
}

#[test]
fn neither_verifier_takes_a_signature_that_only_a_lax_one_would() {
    let log = Log::honest(3, &[3]);
    let note = &log.checkpoints[0];
    let (front, value) = note.trim_end().rsplit_once(' ').unwrap();
    let value = STANDARD.decode(value).unwrap();
    // s + order: the same equation, another encoding (RFC 8032 §5.1.7 forbids it).
    let order = hex::decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    let mut carry = 0;
    let mut high_s = value.clone();
    for (byte, add) in high_s[36..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        (*byte, carry) = (u8::try_from(sum & 0xFF).unwrap(), sum >> 8);
    }
    // R of small order with the s that suits it: whoever holds the key can make one, and a lax verifier takes it.
    let small_r = [&value[..4], &signature_with_neutral_r(note)].concat();
    let bent = [high_s, small_r, value[..67].to_vec(), [value.as_slice(), &[0]].concat()];
    let logs: Vec<Log> = bent
        .iter()
        .map(|value| Log { checkpoints: vec![format!("{front} {}\n", STANDARD.encode(value))], ..log.clone() })
        .collect();
    for (theirs, log) in ask(&logs).into_iter().zip(&logs) {
        assert_eq!(theirs, verdict(log));
        assert_eq!(theirs["problems"][0]["what"], "a checkpoint that was given does not count: the signature is false");
    }
}

#[test]
fn the_second_verifier_reads_a_book_and_notices_what_its_owner_hides() {
    let folder = tempfile::tempdir().unwrap();
    let (book, kept) = (folder.path().join("book"), folder.path().join("kept.note"));
    let log = Log::honest(8, &[3, 8]);
    std::fs::create_dir_all(book.join("checkpoints")).unwrap();
    std::fs::write(book.join("ledger.vkey"), format!("{}\n", log.vkey)).unwrap();
    std::fs::write(book.join("checkpoints/3.note"), &log.checkpoints[0]).unwrap();
    std::fs::write(&kept, &log.checkpoints[1]).unwrap();
    let store = |log: &Log| {
        let program = "import sys,json,base64,sqlite3\n\
            c=json.load(sys.stdin); d=sqlite3.connect(sys.argv[1]); d.execute('PRAGMA journal_mode=WAL')\n\
            d.executescript('DROP TABLE IF EXISTS ledger; CREATE TABLE ledger(seq BIGINT PRIMARY KEY, entry BLOB);\\\n\
            DROP TABLE IF EXISTS checkpoint; CREATE TABLE checkpoint(size BIGINT PRIMARY KEY, note TEXT);')\n\
            d.executemany('INSERT INTO ledger VALUES(?,?)',[(i,base64.b64decode(e)) for i,e in enumerate(c['entries'])])\n\
            d.executemany('INSERT INTO checkpoint VALUES(?,?)',enumerate(c['checkpoints'])); d.commit()";
        let mut child = Command::new("python3")
            .args(["-c", program])
            .arg(book.join("book.db"))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(as_json("", log).to_string().as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    };
    let (path, kept) = (book.display().to_string(), kept.display().to_string());
    store(&log);
    assert_eq!(run(&[&path, "--checkpoint", &kept]), (verdict(&log), 0));
    // The last entries and the note about them disappear; the trustee still has the note.
    store(&Log { entries: log.entries[..5].to_vec(), checkpoints: log.checkpoints[..1].to_vec(), ..log.clone() });
    assert_eq!(run(&[&path]).1, 0, "the control: by itself the book is in order");
    assert_eq!(run(&[&path, "--checkpoint", &kept]).1, 1);
    let other_key = false_key().verifier().to_string();
    assert_eq!(run(&[&path, "--vkey", &other_key]).1, 1, "a key that was given beforehand counts, not the book's");
}

#[test]
fn the_second_verifier_says_when_it_cannot_check() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().display().to_string();
    let bad = folder.path().join("bad");
    std::fs::write(&bad, "not base64!\n").unwrap();
    let bad = bad.display().to_string();
    let vkey = key().verifier().to_string();
    for arguments in [
        vec![],
        vec![nowhere.as_str()],
        vec!["--entries", &bad, "--vkey", &vkey],
        vec!["--entries", &bad, "--vkey", "no"],
        vec!["--entries", &bad],
    ] {
        let output = Command::new("python3").arg("-B").arg(verify_py()).args(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("Traceback"), "{arguments:?}");
    }
}
