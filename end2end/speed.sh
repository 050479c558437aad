#!/usr/bin/env bash
# Measures the labeling page on a throttled phone, with Lighthouse and by the browser's event timing, beside the same page
# without script, and prints a table:   speed.sh
# SPEED names the folder for speed.md and speed.json (speed). Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"

"$here/setup/node.sh"
lines=$("$here/setup/browser.sh")
eval "$lines"
SYNVOTE_PHOTOGRAPHS=$("$here/setup/photographs.sh")
export SYNVOTE_PHOTOGRAPHS
cd "$here/speed"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  say "Installing Lighthouse ..."
  PUPPETEER_SKIP_DOWNLOAD=1 NPM_CONFIG_UPDATE_NOTIFIER=false npm ci --no-audit --no-fund --loglevel=error >&2 || fail "npm could not install Lighthouse."
  cp package-lock.json node_modules/.installed-lock.json
fi
cd "$here/.."
if [ -z "${SYNVOTE_BINARY:-}" ]; then
  lines=$("$here/setup/rust.sh")
  eval "$lines"
  cargo run --locked --quiet --package site
  cargo build --locked --quiet --profile quick --package server
  export SYNVOTE_BINARY=$CARGO_TARGET_DIR/quick/synvote
fi
SPEED=${SPEED:-$PWD/speed}
mkdir -p "$SPEED"
SPEED=$(cd "$SPEED" && pwd)
export SPEED
cd "$here"
"$here/crowd/fresh-server.sh" sqlite npx playwright test --config speed/playwright.config.ts
