#!/usr/bin/env bash
# Has 16 people label at two servers on one PostgreSQL, and again at two whose locks are taken away, which must be found out:
#   unlocked.sh
# Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec "$here/setup/with-postgres.sh" "$here/proof/run.sh" postgres unlocked.py
