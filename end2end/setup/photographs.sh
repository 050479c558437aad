#!/usr/bin/env bash
# Finds or fetches the photographs of the demo and prints their folder, from which assets/demo/photographs.csv names
# them. SYNVOTE_PHOTOGRAPHS names a folder of your own with the same files.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
table=$here/../../assets/demo/photographs.csv

# A photograph of the table that the folder lacks, if any.
missing_in() {
  local path missing=
  while IFS=, read -r _ path _; do
    [ -f "$1/$path" ] || missing=$path
  done < <(tail -n +2 "$table")
  printf '%s\n' "$missing"
}

advice="Unpack Tux Paint's stamps (https://tuxpaint.org/download/) somewhere and set SYNVOTE_PHOTOGRAPHS to their folder \`stamps\`."
if [ -n "${SYNVOTE_PHOTOGRAPHS:-}" ]; then
  missing=$(missing_in "$SYNVOTE_PHOTOGRAPHS")
  [ -z "$missing" ] || fail "There is no $missing in SYNVOTE_PHOTOGRAPHS=$SYNVOTE_PHOTOGRAPHS. $advice"
  printf '%s\n' "$SYNVOTE_PHOTOGRAPHS"
  exit
fi
for folder in /usr/share/tuxpaint/stamps "$cache/photographs/usr/share/tuxpaint/stamps"; do
  if [ -d "$folder" ] && [ -z "$(missing_in "$folder")" ]; then
    printf '%s\n' "$folder"
    exit
  fi
done
has_apt || fail "The photographs of the demo are missing. $advice"
# Of 160 MB only the pictures are kept, and who made them.
"$here/debian-files.sh" tuxpaint-stamps-default "$cache/photographs" '*.png' '*/copyright' '*/changelog.gz' >&2
missing=$(missing_in "$cache/photographs/usr/share/tuxpaint/stamps")
[ -z "$missing" ] || fail "Debian's tuxpaint-stamps-default has no $missing. $advice"
printf '%s\n' "$cache/photographs/usr/share/tuxpaint/stamps"
