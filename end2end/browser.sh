#!/usr/bin/env bash
# The journeys in a real browser, against a fresh server with the demo's photographs at hand:
#   browser.sh sqlite|postgres [OPTION...]     options go to `playwright test`
# Where SYNVOTE_BINARY names the program, nothing is built. SCREENSHOTS=FOLDER also takes the README's pictures.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"
engine=${1:?usage: browser.sh sqlite|postgres [OPTION...]}
shift

export SYNVOTE_ENGINE=$engine
"$here/setup/node.sh"
lines=$("$here/setup/browser.sh")
eval "$lines"
SYNVOTE_PHOTOGRAPHS=$("$here/setup/photographs.sh")
export SYNVOTE_PHOTOGRAPHS
if [ -z "${SYNVOTE_BINARY:-}" ]; then
  lines=$("$here/setup/rust.sh")
  eval "$lines"
  (cd "$here/.." && cargo run --locked --quiet --package site && cargo build --locked --quiet --package server)
  export SYNVOTE_BINARY=$CARGO_TARGET_DIR/debug/synvote
fi

cd "$here"
# The story begins with an empty server, so it is told first; the other journeys go on with the admin that it made.
# shellcheck disable=SC2016
run='
set -e
if [ $# -gt 0 ]; then exec npx playwright test "$@"; fi
npx playwright test journeys/story.spec.ts
npx playwright test $(ls journeys/*.spec.ts | grep -v /story)
'
"$here/crowd/fresh-server.sh" "$engine" bash -c "$run" journeys "$@"
