#!/usr/bin/env bash
# Runs a command beside a fresh server with the demo in it, and ends the server afterwards:
#   with-server.sh sqlite|postgres COMMAND...
# The command finds the server at SYNVOTE_URL, and an admin named by SYNVOTE_ADMIN and SYNVOTE_ADMIN_PASSWORD. On
# postgres, the server gets a database of its own in the cluster of SYNVOTE_TEST_POSTGRES, or in a throw-away one.
# SYNVOTE_BINARY names the program; without it, the one that `cargo build` last made.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
usage="usage: with-server.sh sqlite|postgres COMMAND..."
engine=${1:?$usage}
: "${2:?$usage}"
if [ "$engine" = postgres ] && [ -z "${SYNVOTE_TEST_POSTGRES:-}" ]; then
  exec "$here/with-postgres.sh" --relaxed "$0" "$@"
fi
shift

binary=${SYNVOTE_BINARY:-${CARGO_TARGET_DIR:-$here/../../target}/debug/synvote}
[ -x "$binary" ] || fail "There is no server at $binary: build it first (cargo build -p server --bin synvote)."
work=$(mktemp -d)
server=
database=
# shellcheck disable=SC2317
finish() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  if [ -n "$database" ]; then
    "$here/postgres.sh" sql "drop database if exists $database with (force)" "$SYNVOTE_TEST_POSTGRES" || true
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

export SYNVOTE_DATA=$work/data
unset SYNVOTE_DATABASE
if [ "$engine" = postgres ]; then
  database=synvote_$$_$RANDOM
  "$here/postgres.sh" sql "create database $database" "$SYNVOTE_TEST_POSTGRES"
  export SYNVOTE_DATABASE=${SYNVOTE_TEST_POSTGRES%/*}/$database
fi

# Asked for and not kept: so short before the start that nothing else takes it.
port=$((20000 + RANDOM % 20000))
while ! is_free "$port"; do port=$((20000 + RANDOM % 20000)); done
export SYNVOTE_ADDRESS=127.0.0.1:$port SYNVOTE_URL=http://127.0.0.1:$port
export SYNVOTE_ADMIN=admin SYNVOTE_ADMIN_PASSWORD="end to end $RANDOM$RANDOM"

wordnet=$("$here/wordnet.sh")
photographs=$("$here/photographs.sh")
"$binary" demo --wordnet "$wordnet" --photographs "$photographs" \
  --table "$here/../../assets/demo/photographs.csv" >"$work/demo.log" 2>&1 ||
  { cat "$work/demo.log" >&2; fail "\`synvote demo\` failed on $engine."; }
SYNVOTE_NEW_PASSWORD=$SYNVOTE_ADMIN_PASSWORD "$binary" user add "$SYNVOTE_ADMIN" --role admin >"$work/user.log" 2>&1 ||
  { cat "$work/user.log" >&2; fail "\`synvote user add\` failed on $engine."; }

"$binary" serve >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do
  is_free "$port" || break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
if is_free "$port"; then
  tail -n 20 "$work/server.log" >&2
  fail "\`synvote serve\` did not start on $engine."
fi

code=0
"$@" || code=$?
if [ "$code" != 0 ]; then
  say "The last lines of the server's log:"
  tail -n 20 "$work/server.log" >&2
fi
exit "$code"
