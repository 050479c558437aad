#!/usr/bin/env bash
# Pictures of every screen in every state, on three widths, light and dark, with made-up data, and a page that shows them:
#   sheet.sh [OPTION...]     options go to `playwright test`, like --grep Labeling
# SHEET names the folder (sheet). Where GALLERY_BINARY names the program `gallery`, nothing is built; GALLERY_PORT is the first
# of the eight ports that it takes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"

"$here/setup/node.sh"
lines=$("$here/setup/browser.sh")
eval "$lines"
cd "$here/.."
if [ -z "${GALLERY_BINARY:-}" ]; then
  lines=$("$here/setup/rust.sh")
  eval "$lines"
  # Together with the server, as the tests are: so dependencies are not compiled once more.
  cargo run --locked --quiet --package site
  cargo build --locked --quiet --workspace --exclude frontend --example gallery
  GALLERY_BINARY=$CARGO_TARGET_DIR/debug/examples/gallery
fi

export GALLERY_PORT=${GALLERY_PORT:-$((21000 + RANDOM % 1000 * 8))}
SHEET=${SHEET:-$PWD/sheet}
mkdir -p "$SHEET"
SHEET=$(cd "$SHEET" && pwd)
export SHEET
rm -f "$SHEET"/made.jsonl "$SHEET"/[0-9]*-*.jpeg

# shellcheck disable=SC2012
package=$(dirname "$(ls -t target/site/pkg/*/synvote.js 2>/dev/null | head -n 1)")
"$GALLERY_BINARY" "$package" &
gallery=$!
trap 'kill "$gallery" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  if ! is_free "$((GALLERY_PORT + 7))"; then break; fi
  kill -0 "$gallery" 2>/dev/null || fail "The gallery did not start: are its ports from $GALLERY_PORT on taken?"
  sleep 0.1
done
cd "$here"
npx playwright test --config sheet/playwright.config.ts "$@"
