#!/usr/bin/env bash
# All proofs about votes that must not get lost and a server that must not stand still, one after the other; each prints what it measured
# beside its bar:   prove.sh
# KILLS is how often the server is killed on each engine (300). It takes about half an hour, some of it root (a small disk, tracing).
# Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"

if [ -z "${SYNVOTE_BINARY:-}" ]; then
  lines=$("$here/setup/rust.sh")
  eval "$lines"
  (cd "$here/.." && cargo build --locked --quiet --profile quick --package server --bin synvote)
  export SYNVOTE_BINARY=$CARGO_TARGET_DIR/quick/synvote
fi

failed=()
prove() { # SCRIPT [OPTION...]
  say "make prove: $*"
  "$here/$1" "${@:2}" || failed+=("$*")
}
proofs_of_the_proofs() { (cd "$here/proof" && PYTHONDONTWRITEBYTECODE=1 python3 -m unittest --quiet); }

proofs_of_the_proofs || failed+=("the proofs' own tests")
for engine in sqlite postgres; do
  prove kill.sh "$engine" "${KILLS:-300}"
  prove sync.sh "$engine"
  prove clock.sh "$engine"
done
prove postgres-restarts.sh
prove cut-off.sh
prove unlocked.sh
prove full-disk.sh
prove slow.sh

if [ "${#failed[@]}" -gt 0 ]; then
  printf 'make prove: falls short, was skipped or failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
say "make prove: everything holds"
