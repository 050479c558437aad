#!/usr/bin/env bash
# Sets the server's clock back by an hour while people label, and forward again:   clock.sh sqlite|postgres
# Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"
engine=${1:?usage: clock.sh sqlite|postgres}

library() { find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1; }
CLOCK_LIBRARY=$(library)
if [ -z "$CLOCK_LIBRARY" ]; then
  install_packages "libfaketime" libfaketime
  CLOCK_LIBRARY=$(library)
fi
[ -n "$CLOCK_LIBRARY" ] || fail "libfaketime is missing: install it, then try again."
export CLOCK_LIBRARY
exec "$here/proof/run.sh" "$engine" clock.py
