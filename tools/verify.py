#!/usr/bin/env python3
"""Checks a Guardbook ledger offline, with nothing but the Python standard library.

A second opinion: written apart from the Rust verifier, from the same specifications, so that a mistake in one is not a mistake in both.
Both must give the same verdict on every ledger (crates/ledger/tests).

    verify.py BOOKDIR [--checkpoint FILE ...] [--vkey KEY] [--json]
    verify.py --entries FILE --vkey KEY [--checkpoint FILE ...] [--json]

BOOKDIR holds book.db (read only), ledger.vkey, and checkpoints/*.note. FILE of --entries has one base64 entry per line, with or without
JSON quotes. Give with --checkpoint the notes that you kept yourself: only they can show that a whole book was exchanged.
Exit code: 0 everything holds, 1 something does not, 2 could not be checked.

Specifications: RFC 6962 (tree), c2sp.org/signed-note, c2sp.org/tlog-checkpoint, RFC 8032 (Ed25519).
"""
import argparse
import base64
import binascii
import functools
import hashlib
import json
import pathlib
import re
import sqlite3
import struct
import sys

LAST_ACT = 117
MOST_PROBLEMS = 1000
ENTRY = struct.Struct(">BQIH16sH32s32sI")

# --- Ed25519 (RFC 8032), verification only; points in extended coordinates (X, Y, Z, T) ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


@functools.lru_cache(64)
def point(data):
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, (y & (2**255 - 1)) % P
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def is_small(p):
    """Whether eight times the point is nothing: such a point signs anything."""
    for _ in range(3):
        p = add(p, p)
    return same(p, NEUTRAL)


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_holds(key, message, signature):
    """Strict verification: no small points, no s beyond the order, no cofactor."""
    if len(signature) != 64:
        return False
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER or is_small(a) or is_small(r):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    minus_a = (P - a[0], a[1], 1, P - a[3])
    table = (None, BASE, minus_a, add(BASE, minus_a))
    out = NEUTRAL  # s * BASE - k * a, both at once
    for bit in range(252, -1, -1):
        out = add(out, out)
        step = (s >> bit & 1) | (k >> bit & 1) << 1
        if step:
            out = add(out, table[step])
    return same(out, r)


# --- Keys, notes, checkpoints ---


class Refused(Exception):
    """A key or note that does not count, and why."""


def strict_base64(text):
    """Decodes the one way of writing these bytes; None for any other."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def is_name(text):
    return bool(text) and "+" not in text and not any(character.isspace() for character in text)


class Key:
    def __init__(self, vkey):
        name, first, rest = vkey.strip().partition("+")
        shown, second, encoded = rest.partition("+")
        data = strict_base64(encoded)
        if not (first and second and is_name(name) and data and len(data) == 33 and data[0] == 1):
            raise Refused("this is not a verifier key (name+hash+key)")
        self.name, self.key = name, data[1:]
        self.hash = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
        if self.hash.hex() != shown or point(self.key) is None:
            raise Refused("this is not a verifier key (name+hash+key)")

    def open(self, note):
        """The signed text of a note."""
        malformed = Refused("this is not a signed note")
        blank = note.rfind("\n\n")
        text, signatures = note[: blank + 1], note[blank + 2 :]
        if blank < 0 or not signatures.endswith("\n") or any(c < " " and c != "\n" for c in note):
            raise malformed
        signed = False
        for line in signatures[:-1].split("\n"):
            if not line.startswith("\u2014 ") or " " not in line[2:]:
                raise malformed
            name, _, encoded = line[2:].partition(" ")
            data = strict_base64(encoded)
            if data is None or len(data) < 5 or not is_name(name):
                raise malformed
            if name == self.name and data[:4] == self.hash:
                if not ed25519_holds(self.key, text.encode(), data[4:]):
                    raise Refused("the signature is false")
                signed = True
        if not signed:
            raise Refused("the note is not signed with this key")
        return text

    def checkpoint(self, note):
        """Size and root that a note vouches for."""
        lines = self.open(note).split("\n")
        if len(lines) < 4 or not lines[0] or not re.fullmatch("0|[1-9][0-9]{0,19}", lines[1]) or int(lines[1]) >= 2**64:
            raise Refused("the signed text is not a checkpoint")
        root = strict_base64(lines[2])
        if root is None or len(root) != 32:
            raise Refused("the signed text is not a checkpoint")
        if lines[0] != self.name:
            raise Refused("the checkpoint is of another ledger")
        return int(lines[1]), root


# --- The tree ---


class Tree:
    """Root of a growing log: the full subtrees that it falls into, largest first (RFC 6962 section 2.1)."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, entry):
        node, size = hashlib.sha256(b"\0" + entry).digest(), self.size
        while size & 1:
            node = hashlib.sha256(b"\1" + self.peaks.pop() + node).digest()
            size >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256().digest()
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = hashlib.sha256(b"\1" + left + node).digest()
        return node


def decode(entry):
    """Number and day of an entry, or words for what is wrong with it."""
    if len(entry) != ENTRY.size:
        return None, f"it has {len(entry)} bytes, not {ENTRY.size}"
    form, seq, day, act, _actor, _purpose, _subject, _commit, _count = ENTRY.unpack(entry)
    if form != 1:
        return None, f"its format is {form}, not 1"
    if not (1900 <= day // 10000 <= 9999 and 1 <= day // 100 % 100 <= 12 and 1 <= day % 100 <= 31):
        return None, f"{day} is not a day"
    if not 1 <= act <= LAST_ACT:
        return None, f"{act} is not an act"
    return (seq, day), None


# --- The verdict ---


def read_checkpoints(notes, key):
    said, wrong = {}, []
    for note in dict.fromkeys(notes):
        try:
            size, root = key.checkpoint(note)
            said.setdefault(size, set()).add(root)
        except Refused as why:
            wrong.append(f"a checkpoint that was given does not count: {why}")
    for size in sorted(said):
        if len(said[size]) > 1:
            wrong.append(f"the log forked: {len(said[size])} different checkpoints at {size} entries are signed")
    return said, wrong


def verify(entries, notes, key):
    """The report on entries (bytes, in order) and signed notes (text)."""
    said, late = read_checkpoints(notes, key)
    problems, tree, due, last_day = [], Tree(), 0, 0

    def compare():
        for root in sorted(said.get(tree.size, ())):
            if root != tree.root():
                late.append(f"the entries are not those of the checkpoint at {tree.size}")

    compare()
    for entry in entries:
        found, why = decode(entry)
        if found is None:
            problems.append((tree.size, f"not an entry: {why}"))
            due = (due + 1) % 2**64
        else:
            seq, day = found
            if seq != due:
                problems.append((tree.size, f"number {seq} stands where {due} is due"))
            if day < last_day:
                problems.append((tree.size, f"day {day} comes after day {last_day}"))
            due, last_day = (seq + 1) % 2**64, day
        tree.append(entry)
        if tree.size in said:
            compare()
    for size in sorted(said):
        if size > tree.size:
            late += [f"a checkpoint was signed at {size} entries, but there are only {tree.size}"] * len(said[size])
    if tree.size and not said:
        late.append("no true checkpoint vouches for these entries")
    problems = (problems + [(None, what) for what in late])[:MOST_PROBLEMS]
    return {
        "size": tree.size,
        "root": tree.root().hex(),
        "ok": not problems,
        "problems": [{"seq": seq, "what": what} for seq, what in problems],
    }


# --- Where the bytes come from ---


def read_text(path):
    return pathlib.Path(path).read_bytes().decode("utf-8", "replace")


def read_book(folder):
    """Entries, notes and key of a book: its database is opened for reading only."""
    if not (folder / "book.db").is_file():
        raise OSError(f"there is no book.db in {folder}")
    store = sqlite3.connect(f"{(folder / 'book.db').resolve().as_uri()}?mode=ro", uri=True)
    entries = (bytes(entry) for (entry,) in store.execute("SELECT entry FROM ledger ORDER BY seq"))
    notes = [note for (note,) in store.execute("SELECT note FROM checkpoint ORDER BY size")]
    kept = sorted((folder / "checkpoints").glob("*.note"), key=lambda path: (len(path.name), path.name))
    key = folder / "ledger.vkey"
    return entries, notes + [read_text(path) for path in kept], read_text(key) if key.is_file() else None


def read_export(path):
    with open(path, encoding="ascii") as lines:
        for line in filter(None, map(str.strip, lines)):
            data = strict_base64(json.loads(line) if line.startswith('"') else line)
            if data is None:
                raise ValueError(f"{path} has a line that is not base64")
            yield data


def main():
    parser = argparse.ArgumentParser(description="Checks a Guardbook ledger offline.", epilog="Exit code: 0 holds, 1 does not, 2 could not be checked.")
    parser.add_argument("book", nargs="?", type=pathlib.Path, metavar="BOOKDIR", help="the folder of the book")
    parser.add_argument("--entries", metavar="FILE", help="an export instead of a book: one base64 entry per line")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE", help="a checkpoint that you kept; may be repeated")
    parser.add_argument("--vkey", metavar="KEY", help="the verifier key that you were given; otherwise BOOKDIR/ledger.vkey")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args()
    if (options.book is None) == (options.entries is None):
        parser.error("give either BOOKDIR or --entries")
    try:
        entries, notes, vkey = read_book(options.book) if options.book else (read_export(options.entries), [], None)
        vkey = options.vkey or vkey
        if vkey is None:
            parser.error("there is no ledger.vkey; give the key with --vkey")
        report = verify(entries, notes + [read_text(path) for path in options.checkpoint], Key(vkey))
    except (OSError, sqlite3.Error, ValueError, TypeError, Refused) as why:
        print(f"verify.py: {why}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(report))
    else:
        print(f"{report['size']} entries, root {report['root']}")
        for problem in report["problems"]:
            print(f"  {'' if problem['seq'] is None else 'entry %d: ' % problem['seq']}{problem['what']}")
        print("everything holds" if report["ok"] else "THE LEDGER DOES NOT HOLD")
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
