#!/usr/bin/env bash
# Everything that must hold, section by section, each timed; a section that fails does not hide the ones after it.
#
#   tools/test.sh                all sections
#   tools/test.sh format e2e     just these
set -uo pipefail
cd "$(dirname "$0")/.."

sections=(needs format layers tidy clippy tests verifiers e2e)

scratch=$(mktemp -d "${TMPDIR:-/tmp}/guardbook-test.XXXXXX")
chmod 711 "$scratch" # PostgreSQL's own user must get through to its folder
finish() { tools/postgres.sh stop "$scratch/postgres" >/dev/null 2>&1; rm -rf -- "$scratch"; }
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

program=${CARGO_TARGET_DIR:-target}/debug/guardbook

# One run builds once: incremental state would only cost disk and time.
if [ -n "${CI:-}" ]; then export CARGO_INCREMENTAL=0 CARGO_TERM_PROGRESS_WHEN=never; fi

needs() { tools/need.sh; }
format() { cargo fmt --all --check; }
layers() { cargo xtask layers --selftest && cargo xtask layers; }
tidy() { cargo xtask tidy --selftest && cargo xtask tidy; }
# As the lints are set in Cargo.toml: `all` is an error, `pedantic` a warning.
clippy() { cargo clippy --workspace --all-targets --quiet; }

tests() {
  # The store's contract runs on both engines; without this variable its tests fail in CI.
  GUARDBOOK_TEST_POSTGRES=$(tools/postgres.sh start "$scratch/postgres") || return 1
  export GUARDBOOK_TEST_POSTGRES
  cargo test --workspace --no-fail-fast
}

verifiers() {
  # Two verifiers in two languages, or the ledger's promise rests on one of them.
  cargo build --quiet --bin guardbook && tools/two_verifiers.py "$program"
}

e2e() {
  cargo build --quiet --bin guardbook && GUARDBOOK_BIN=$(realpath "$program") e2e/run.sh
}

wanted=("$@")
[ "${#wanted[@]}" -gt 0 ] || wanted=("${sections[@]}")
passed=0 failed=0 summary=''
for section in "${wanted[@]}"; do
  case " ${sections[*]} " in *" $section "*) ;; *) echo "no section '$section'; there are: ${sections[*]}" >&2; exit 2 ;; esac
  printf '\n== %s\n' "$section"
  started=$SECONDS
  if "$section"; then verdict=ok passed=$((passed + 1)); else verdict=FAILED failed=$((failed + 1)); fi
  summary+=$(printf '%-10s %-7s %4d s' "$section" "$verdict" $((SECONDS - started)))$'\n'
  # Nothing later means much on a machine that lacks the tools.
  if [ "$section" = needs ] && [ "$verdict" = FAILED ]; then break; fi
done

printf '\n== summary (%d s)\n%s' "$SECONDS" "$summary"
printf 'sections: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
