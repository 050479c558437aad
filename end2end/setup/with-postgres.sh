#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL, named by SYNVOTE_TEST_POSTGRES, and ends it afterwards:
#   with-postgres.sh [--relaxed] COMMAND...
# A SYNVOTE_TEST_POSTGRES that is set already is used as it is.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
relaxed=
if [ "${1:-}" = --relaxed ]; then
  relaxed=--relaxed
  shift
fi
: "${1:?usage: with-postgres.sh [--relaxed] COMMAND...}"
if [ -n "${SYNVOTE_TEST_POSTGRES:-}" ]; then exec "$@"; fi

# Not in TMPDIR: the path of PostgreSQL's socket must be short, and its user must be able to go there.
folder=$(mktemp -d /tmp/synvote-postgres.XXXXXX)
chmod 755 "$folder"
trap '"$here/postgres.sh" stop "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
SYNVOTE_TEST_POSTGRES=$("$here/postgres.sh" start "$folder" ${relaxed:+"$relaxed"})
export SYNVOTE_TEST_POSTGRES
"$@"
