#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL, named by SYNVOTE_TEST_POSTGRES, and ends it afterwards:
#   with-postgres.sh [--relaxed] COMMAND...      --relaxed keeps its files in memory: fast, and gone with the machine.
# Its folder, for commands that stop and start it, is SYNVOTE_TEST_POSTGRES_FOLDER.
# Never with fsync = off, which the server refuses.
# A SYNVOTE_TEST_POSTGRES that is set already is used as it is.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Not in TMPDIR: the path of PostgreSQL's socket must be short, and its user must be able to go there.
parent=/tmp
if [ "${1:-}" = --relaxed ]; then
  shift
  # Containers often have a very small one.
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }' || true)
  if [ "${free:-0}" -gt 1000000 ] && [ -w /dev/shm ]; then parent=/dev/shm; fi
fi
: "${1:?usage: with-postgres.sh [--relaxed] COMMAND...}"
if [ -n "${SYNVOTE_TEST_POSTGRES:-}" ]; then exec "$@"; fi

folder=$(mktemp -d "$parent/synvote-postgres.XXXXXX")
chmod 755 "$folder"
trap '"$here/postgres.sh" stop "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
SYNVOTE_TEST_POSTGRES=$("$here/postgres.sh" start "$folder")
export SYNVOTE_TEST_POSTGRES SYNVOTE_TEST_POSTGRES_FOLDER=$folder
"$@"
