#!/usr/bin/env bash
# Stops and starts PostgreSQL again and again while 16 people label: everybody is told to come back, and can as soon as it is back:
#   postgres-restarts.sh [RESTARTS]      20, unless said otherwise
# Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# It must be ours to stop.
unset SYNVOTE_TEST_POSTGRES
exec "$here/setup/with-postgres.sh" "$here/proof/run.sh" postgres restarts.py "${1:-20}"
