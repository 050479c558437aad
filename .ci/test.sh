#!/usr/bin/env bash
# Everything that must hold before a change goes in, in the order in which it fails fastest. Stops at the first failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
setup=$PWD/end2end/setup

total=16
number=0
name="set-up"
began=$SECONDS
trap '[ $? = 0 ] || echo "make test: failed at $number/$total, $name; the reason is above." >&2' EXIT

step() { # SENTENCE COMMAND...
  number=$((number + 1))
  name=$1
  shift
  echo "make test $number/$total: $name"
  local start=$SECONDS
  "$@"
  echo "make test $number/$total: done in $((SECONDS - start)) s"
}

toolchain() {
  local lines
  lines=$("$setup/rust.sh")
  eval "$lines"
  "$setup/node.sh"
  lines=$("$setup/browser.sh")
  eval "$lines"
}

unit_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    "$setup/with-postgres.sh" --relaxed cargo nextest run "${workspace[@]}" --no-tests=pass
    cargo test "${workspace[@]}" --doc --quiet
  else
    "$setup/with-postgres.sh" --relaxed cargo test "${workspace[@]}" --quiet
  fi
}

programs() {
  cargo build "${workspace[@]}"
  export SYNVOTE_BINARY=$CARGO_TARGET_DIR/debug/synvote CROWD_BINARY=$CARGO_TARGET_DIR/debug/crowd
}

# `frontend` is compiled for wasm alone; everything else always together, so that dependencies compile once.
workspace=(--locked --workspace --exclude frontend)

step "the tools (Rust with wasm, Node packages, Chromium)" toolchain
step "formatting (make fmt mends it)" cargo fmt --all --check -- -l
step "which crate uses which" .ci/arrows.sh
step "texts of screens stand in app/texts" .ci/texts.sh
step "the page: wasm, loader, style" cargo run --locked --quiet --package site
step "clippy" cargo clippy "${workspace[@]}" --all-targets -- -D warnings
step "clippy for the browser" cargo clippy --locked --package frontend --target wasm32-unknown-unknown -- -D warnings
step "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc "${workspace[@]}" --no-deps
step "tests, on SQLite and PostgreSQL" unit_tests
step "the programs" programs
step "a simulated crowd, on SQLite" end2end/crowd.sh sqlite
step "a simulated crowd, on PostgreSQL" end2end/crowd.sh postgres
# A debug build takes its time to start; `make prove` holds the fast one to two seconds.
step "killed 20 times, on SQLite" env READY_WITHIN=20 end2end/kill.sh sqlite 20
step "killed 20 times, on PostgreSQL" env READY_WITHIN=20 end2end/kill.sh postgres 20
step "journeys in a browser, on SQLite" end2end/browser.sh sqlite
step "journeys in a browser, on PostgreSQL" end2end/browser.sh postgres
echo "make test: all $total steps passed in $((SECONDS - began)) s"
