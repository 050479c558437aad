#!/usr/bin/env bash
# Follows the system calls of 200 submissions: is the database's log synced before each is acknowledged?
#   sync.sh sqlite|postgres
# Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"
engine=${1:?usage: sync.sh sqlite|postgres}
command -v strace >/dev/null || install_packages "strace" strace
wrapped=()
if [ "$engine" = postgres ]; then wrapped=("$here/setup/with-postgres.sh"); fi
exec ${wrapped[@]+"${wrapped[@]}"} "$here/proof/run.sh" "$engine" sync.py
