#!/usr/bin/env python3
"""Both verifiers on one book: they must agree that it holds, and both must find every change made to it afterwards.

    tools/two_verifiers.py target/debug/guardbook

Makes a demo book, then spoils copies of its ledger in the ways that somebody with the disk could. Standard library only.
"""

import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

VERIFY_PY = pathlib.Path(__file__).with_name("verify.py")


def flip(store, middle):
    entry = bytearray(store.execute("SELECT entry FROM ledger WHERE seq = ?", (middle,)).fetchone()[0])
    entry[-5] ^= 1
    store.execute("UPDATE ledger SET entry = ? WHERE seq = ?", (bytes(entry), middle))


def drop(store, middle):
    store.execute("DELETE FROM ledger WHERE seq = ?", (middle,))


def insert(store, middle):
    store.execute("UPDATE ledger SET seq = -seq - 1 WHERE seq > ?", (middle,))
    store.execute("INSERT INTO ledger (seq, entry) SELECT ? + 1, entry FROM ledger WHERE seq = ?", (middle, middle))
    store.execute("UPDATE ledger SET seq = -seq WHERE seq < 0")


def swap(store, middle):
    entries = [store.execute("SELECT entry FROM ledger WHERE seq = ?", (seq,)).fetchone()[0] for seq in (middle, middle + 1)]
    store.execute("UPDATE ledger SET entry = ? WHERE seq = ?", (entries[1], middle))
    store.execute("UPDATE ledger SET entry = ? WHERE seq = ?", (entries[0], middle + 1))


def truncate(store, middle):
    store.execute("DELETE FROM ledger WHERE seq >= ?", (middle,))


def forget_checkpoints(store, middle):
    """A roll-back that also drops the signed roots kept in the database; those kept beside it still speak."""
    truncate(store, middle)
    store.execute("DELETE FROM checkpoint")


SPOILERS = [flip, drop, insert, swap, truncate, forget_checkpoints]


def answers(program, book):
    """The exit codes of both verifiers: 0 holds, 1 does not."""
    commands = [[program, "verify", "--book", book], [sys.executable, VERIFY_PY, book]]
    return [subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode for command in commands]


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="guardbook-verifiers-") as folder:
        book = pathlib.Path(folder, "book")
        subprocess.run([program, "demo", "--book", book, "--no-serve"], check=True, stdout=subprocess.DEVNULL)
        for spoil in [None, *SPOILERS]:
            copy = pathlib.Path(folder, spoil.__name__ if spoil else "untouched")
            shutil.copytree(book, copy)
            # The root key lies beside a book, never in it.
            shutil.copy(book.with_name(book.name + ".root-key"), copy.with_name(copy.name + ".root-key"))
            if spoil:
                with sqlite3.connect(copy / "book.db") as store:
                    (size,) = store.execute("SELECT COUNT(*) FROM ledger").fetchone()
                    spoil(store, size // 2)
                store.close()
            found, expected = answers(program, copy), [1, 1] if spoil else [0, 0]
            wrong += found != expected
            print(f"{copy.name}: guardbook says {found[0]}, verify.py says {found[1]}{'' if found == expected else ' - WRONG'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
