# The front door. `make demo` shows Guardbook, `make test` proves it; the rest is for people who work on it.
# Each target is one line here; how it is done stands in tools/ and xtask/.

.PHONY: demo test check release bench doc

# Builds and serves a fictional charity on this machine. Needs Rust, a C compiler, Node 20 and npm.
demo:
	cargo build --bin guardbook
	target/debug/guardbook demo

# Installs what is missing, then runs everything. Ends with a summary; exit 0 only when every section passed.
test:
	tools/test.sh

# The quick look before a commit.
check:
	tools/test.sh format layers tidy clippy

# One stripped program, and its size.
release:
	cargo build --release --bin guardbook
	@stat --printf='target/release/guardbook: %s bytes\n' target/release/guardbook

# Ratios against a raw baseline, in one run (bench/README.md).
bench:
	bench/run

# The reference of every crate, from its own comments; and the guide, where mdbook is installed.
doc:
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps
	@if command -v mdbook >/dev/null; then mdbook build docs/guide --dest-dir ../../target/guide; \
	else echo 'The guide is readable as it is: docs/guide/src/SUMMARY.md (mdbook is not installed)'; fi
