#!/usr/bin/env bash
# Measures the engine beside other methods and writes study/REPORT.md, figures.json and the plots:   run.sh
# STUDY_VOTES names a folder of recorded votes (CSV or CSV.gz, as for `synvote replay`); without it simulated crowds are all there is.
# STUDY_SECONDS is the most that one run of another method may take (120).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../end2end/setup/common.sh
. "$here/../end2end/setup/common.sh"

command -v python3 >/dev/null || fail "Python 3 is missing: install it from your system's packages, then try again."
lines=$("$here/../end2end/setup/rust.sh")
eval "$lines"
cd "$here/.."
cargo build --locked --quiet --release --package domain --example study
STUDY_ENGINE=$CARGO_TARGET_DIR/release/examples/study

# The other methods; the report goes without them, and says so, where they can't be installed.
venv=$cache/study
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
  say "Installing crowd-kit into $venv ..."
  if python3 -m venv "$venv" >&2 && "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2; then
    cp "$here/requirements.txt" "$venv/installed.txt"
  else
    say "crowd-kit can't be installed here: the report goes without it."
  fi
fi
STUDY_PEERS=
if cmp -s "$here/requirements.txt" "$venv/installed.txt"; then STUDY_PEERS=$venv/bin/python; fi
export STUDY_ENGINE STUDY_PEERS

exec python3 "$here/study.py" "$@"
