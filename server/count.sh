#!/usr/bin/env bash
# Counts the instructions that a vote takes on the vote path without its database, under callgrind, beside what docs/instructions.txt says it
# took:   count.sh [--keep]      --keep makes what was counted the figure to compare with.
# Instructions do not depend on what else the machine does, so that a regression shows where a clock would not. They do depend on the compiler:
# the file says which one it was.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
setup=$here/../end2end/setup
# shellcheck source-path=SCRIPTDIR source=../end2end/setup/common.sh
. "$setup/common.sh"

command -v valgrind >/dev/null || install_packages "valgrind" valgrind
lines=$("$setup/rust.sh")
eval "$lines"
cd "$here/.."
cargo build --locked --quiet --profile quick --package domain --example pure_path
program=$CARGO_TARGET_DIR/quick/examples/pure_path

# instructions PAGES   prints how many a run of so many pages takes.
instructions() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" 2>&1 >/dev/null | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

# What both runs do, setting up and the first pages, is taken away.
few=100 many=400
votes=$(($("$program" $many) - $("$program" $few)))
took=$(($(instructions $many) - $(instructions $few)))
each=$((took / votes))
kept=$here/../docs/instructions.txt
compiler=$(rustc --version)
if [ "${1:-}" = --keep ]; then
  printf '%s instructions a vote (callgrind, profile quick, %s)\n' "$each" "$compiler" >"$kept"
fi
before=$(grep -oE '^[0-9]+' "$kept")
printf '%s instructions a vote; %s are kept (%s): ratio %s\n' "$each" "$before" "$(grep -oE '\(.*\)' "$kept" | tr -d '()')" \
  "$(awk -v a="$each" -v b="$before" 'BEGIN { printf "%.2f", a / b }')"
if [ $((each * 100)) -gt $((before * 110)) ]; then
  fail "A vote takes more than a tenth more instructions than it did: find out why, or keep the new figure with count.sh --keep and say why."
fi
