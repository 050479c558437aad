#!/usr/bin/env bash
# Holds 3,000 connections open by saying next to nothing, and measures what everybody else gets meanwhile:
#   slow.sh [CONNECTIONS]      3,000, unless said otherwise
# Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec "$here/proof/run.sh" sqlite slow.py "${1:-3000}"
