#!/usr/bin/env bash
# Runs a command beside a fresh server that knows WordNet and nothing else, ends the server, and has it verify itself:
#   fresh-server.sh [--unstarted] sqlite|postgres COMMAND...
# The command finds the server at SYNVOTE_URL and the first admin's one-time link in SYNVOTE_ADMIN_LINK. On postgres the
# server gets a database of its own in the cluster of SYNVOTE_TEST_POSTGRES, or in a throw-away one. SYNVOTE_BINARY names
# the program; without it, it is the one that `cargo build` last made. SYNVOTE_KEEP names a folder that keeps the log.
# --unstarted: the command starts and ends the server itself; data, database and address are in the environment.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
setup=$here/../setup
# shellcheck source-path=SCRIPTDIR source=../setup/common.sh
. "$setup/common.sh"
usage="usage: fresh-server.sh [--unstarted] sqlite|postgres COMMAND..."
is_started=yes
arguments=("$@")
if [ "${1:-}" = --unstarted ]; then
  is_started=no
  shift
fi
engine=${1:?$usage}
: "${2:?$usage}"
case $engine in
sqlite) ;;
postgres) [ -n "${SYNVOTE_TEST_POSTGRES:-}" ] || exec "$setup/with-postgres.sh" --relaxed "$0" "${arguments[@]}" ;;
*) fail "$usage" ;;
esac
shift

binary=${SYNVOTE_BINARY:-${CARGO_TARGET_DIR:-$here/../../target}/debug/synvote}
[ -x "$binary" ] || fail "There is no server at $binary: build it first (cargo build -p server --bin synvote)."
work=$(mktemp -d)
server=
database=

stop() {
  local code=0
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    # A server that does not stop is a failure to be told, not one to be waited for.
    for _ in $(seq 600); do
      kill -0 "$server" 2>/dev/null || break
      sleep 0.1
    done
    if kill -0 "$server" 2>/dev/null; then
      say "The server did not stop within a minute, and was killed."
      kill -KILL "$server"
    fi
    wait "$server" || code=$?
    server=
  fi
  return "$code"
}
# shellcheck disable=SC2317
finish() {
  stop || true
  if [ -n "$database" ]; then
    "$setup/postgres.sh" sql "drop database if exists $database with (force)" "$SYNVOTE_TEST_POSTGRES" || true
  fi
  if [ -n "${SYNVOTE_KEEP:-}" ]; then
    mkdir -p "$SYNVOTE_KEEP"
    cp "$work"/*.log "$SYNVOTE_KEEP"
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
  "$setup/postgres.sh" sql "create database $database" "$SYNVOTE_TEST_POSTGRES"
  export SYNVOTE_DATABASE=${SYNVOTE_TEST_POSTGRES%/*}/$database
fi

wordnet=$("$setup/wordnet.sh")
"$binary" wordnet import "$wordnet" >"$work/wordnet.log" 2>&1 || {
  cat "$work/wordnet.log" >&2
  fail "\`synvote wordnet import\` failed on $engine."
}

# Asked for and not kept: so short before the start that nothing else takes it.
port=$(free_port)
export SYNVOTE_ADDRESS=127.0.0.1:$port SYNVOTE_URL=http://127.0.0.1:$port
start() {
  "$binary" serve >"$work/said.log" 2>"$work/server.log" &
  server=$!
  for _ in $(seq 200); do
    SYNVOTE_ADMIN_LINK=$(grep -o 'http[^ ]*/invitation/[0-9a-f]*' "$work/said.log" || true)
    if [ -n "$SYNVOTE_ADMIN_LINK" ] || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  if [ -z "$SYNVOTE_ADMIN_LINK" ]; then
    tail -n 20 "$work/server.log" >&2
    fail "\`synvote serve\` did not start on $engine, or did not print the first admin's link."
  fi
  export SYNVOTE_ADMIN_LINK
}
if [ "$is_started" = yes ]; then start; fi

code=0
"$@" || code=$?
stop || {
  say "The server did not stop in good order."
  code=1
}
"$binary" verify || {
  say "\`synvote verify\` found differences on $engine, or failed."
  code=1
}
if [ "$code" != 0 ] && [ "$is_started" = yes ]; then
  say "The last lines of the server's log:"
  tail -n 20 "$work/server.log" >&2
fi
exit "$code"
