#!/usr/bin/env bash
# A simulated crowd labels a fresh server over HTTP; what must hold is checked, the server verifies itself, and a backup that was taken
# meanwhile is restored:
#   crowd.sh sqlite|postgres [small|full] [OPTION...]     options go to the simulator (crowd --help)
# small: 16 workers and 2 synsets of 60 images, for continuous integration. full: 50 workers and 4 synsets of 500, with
# 60 images in the initial sample, as the first synsets of a project deserve.
# Where SYNVOTE_BINARY and CROWD_BINARY name the programs, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"
usage="usage: crowd.sh sqlite|postgres [small|full] [OPTION...]"
engine=${1:?$usage}
size=${2:-small}
shift "$(($# < 2 ? $# : 2))"
case $size in
small) profile=dev built=debug sizes=(--workers 16 --synsets 2 --images 60 --batch 12) ;;
full) profile=quick built=quick sizes=(--workers 50 --synsets 4 --images 500 --sample 60) ;;
*) fail "$usage" ;;
esac

if [ -z "${SYNVOTE_BINARY:-}" ] || [ -z "${CROWD_BINARY:-}" ]; then
  lines=$("$here/setup/rust.sh")
  eval "$lines"
  (cd "$here/.." && cargo build --locked --quiet --profile "$profile" --package server --package crowd)
  SYNVOTE_BINARY=$CARGO_TARGET_DIR/$built/synvote
  CROWD_BINARY=$CARGO_TARGET_DIR/$built/crowd
fi
export SYNVOTE_BINARY CROWD_BINARY
# Each worker comes from an address of its own, as a proxy in front of the server would say.
export SYNVOTE_TRUSTED_PROXY=127.0.0.1

# While they vote, everything is backed up, again and again; the last backup that was begun before they ended is restored to SQLite.
# shellcheck disable=SC2016
run='
"$CROWD_BINARY" --server "$SYNVOTE_URL" --admin-link "$SYNVOTE_ADMIN_LINK" "$@" &
crowd=$! kept= code=0 number=0
while sleep 2 && kill -0 "$crowd" 2>/dev/null; do
  number=$((number + 1))
  "$SYNVOTE_BINARY" backup --to "$SYNVOTE_DATA-kept/$number" >"$SYNVOTE_DATA-backup.log" || exit
  [ -z "$kept" ] || rm -r "$kept"
  kept=$SYNVOTE_DATA-kept/$number
done
wait "$crowd" || code=$?
[ -z "$kept" ] ||
  env -u SYNVOTE_DATABASE "$SYNVOTE_BINARY" --data "$SYNVOTE_DATA-restored" restore --from "$kept" --verify || code=1
exit "$code"'
"$here/crowd/fresh-server.sh" "$engine" bash -c "$run" crowd "${sizes[@]}" "$@"
