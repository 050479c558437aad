#!/usr/bin/env bash
# Finds or installs Chromium and names it:   eval "$(end2end/setup/browser.sh)"   exports SYNVOTE_CHROMIUM
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  for name in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    [ -x "$name" ] && printf '%s\n' "$name" && return
  done
  return 1
}

if [ -n "${SYNVOTE_CHROMIUM:-}" ]; then
  [ -x "$SYNVOTE_CHROMIUM" ] || fail "SYNVOTE_CHROMIUM=$SYNVOTE_CHROMIUM is not a program."
  export_line SYNVOTE_CHROMIUM "$SYNVOTE_CHROMIUM"
  exit
fi
browser=$(find_browser) || {
  install_packages "Chromium" chromium
  browser=$(find_browser) || fail "Chromium is missing: install it, or set SYNVOTE_CHROMIUM to its program."
}
export_line SYNVOTE_CHROMIUM "$browser"
