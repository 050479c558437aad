#!/usr/bin/env bash
# Runs one of the proofs beside a server that it starts, kills and stops itself:
#   run.sh sqlite|postgres PROOF [OPTION...]      PROOF is a program of this folder, like kill.py
# Where SYNVOTE_BINARY names the program, nothing is built. PROOF_LOGS names a folder that keeps the server's log.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../setup/common.sh
. "$here/../setup/common.sh"
usage="usage: run.sh sqlite|postgres PROOF [OPTION...]"
engine=${1:?$usage}
proof=${2:?$usage}
shift 2

command -v python3 >/dev/null || install_packages "Python 3" python3
if [ -z "${SYNVOTE_BINARY:-}" ]; then
  lines=$("$here/../setup/rust.sh")
  eval "$lines"
  (cd "$here/../.." && cargo build --locked --quiet --profile quick --package server --bin synvote)
  SYNVOTE_BINARY=$CARGO_TARGET_DIR/quick/synvote
fi
export SYNVOTE_BINARY SYNVOTE_ENGINE=$engine PYTHONDONTWRITEBYTECODE=1
# Everybody comes from an address of their own, as a proxy in front of the server would say.
export SYNVOTE_TRUSTED_PROXY=127.0.0.1
if [ -z "${PROOF_LOGS:-}" ]; then
  PROOF_LOGS=$(mktemp -d /tmp/synvote-proof.XXXXXX)
  trap 'rm -rf "$PROOF_LOGS"' EXIT
fi
mkdir -p "$PROOF_LOGS"
export PROOF_LOGS

code=0
"$here/../crowd/fresh-server.sh" --unstarted "$engine" python3 "$here/$proof" "$@" || code=$?
if [ "$code" != 0 ] && [ -s "$PROOF_LOGS/server.log" ]; then
  say "What the server complained of, at the end:"
  grep -v ' INFO ' "$PROOF_LOGS/server.log" | tail -n 20 >&2 || true
fi
exit "$code"
