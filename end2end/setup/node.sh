#!/usr/bin/env bash
# Installs the Node packages of end2end/ (Playwright, axe, wasm-opt) when they are missing or another version is locked.
#   node.sh --optional      says what is lost without them instead of failing: the page works, its code is larger
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
cd "$here/.."
installed=node_modules/.installed-lock.json

refuse() {
  if [ "${1:-}" = --optional ]; then
    say "$2 Going on without wasm-opt: the page's code will be larger."
    exit 0
  fi
  fail "$2"
}

cmp -s package-lock.json "$installed" && exit 0
command -v npm >/dev/null || refuse "${1:-}" "Node.js 20 or later is missing: install it from https://nodejs.org or your system's packages."
say "Installing the Node packages of end2end ..."
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 NPM_CONFIG_UPDATE_NOTIFIER=false npm ci --no-audit --no-fund --loglevel=error >&2 ||
  refuse "${1:-}" "npm could not install the packages of end2end."
cp package-lock.json "$installed"
