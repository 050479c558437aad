#!/usr/bin/env bash
# Freezes one of two servers on one PostgreSQL in the middle of what it does, while 16 people label at both:
#   cut-off.sh [TIMES]      10, unless said otherwise
# Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec "$here/setup/with-postgres.sh" "$here/proof/run.sh" postgres cut_off.py "${1:-10}"
