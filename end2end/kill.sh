#!/usr/bin/env bash
# Kills the server at random moments while 16 people label, and compares every acknowledged vote with the database:
#   kill.sh sqlite|postgres [KILLS]      20 kills, unless said otherwise
# Where SYNVOTE_BINARY names the program, nothing is built. READY_WITHIN is the most seconds a restart may take (2).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
engine=${1:?usage: kill.sh sqlite|postgres [KILLS]}
# PostgreSQL with its files on the disk, so that a commit takes as long as it does in service.
wrapped=()
if [ "$engine" = postgres ]; then wrapped=("$here/setup/with-postgres.sh"); fi
exec ${wrapped[@]+"${wrapped[@]}"} "$here/proof/run.sh" "$engine" kill.py "${2:-20}"
