#!/usr/bin/env bash
# Finds or fetches WordNet 3.0 and prints the folder that holds data.noun. SYNVOTE_WORDNET names one of your own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"

# Other versions of WordNet have other offsets, which are the synsets' ids: in 3.0, dog is at byte 2084071.
is_3_0() {
  local line
  line=$(dd if="$1/data.noun" bs=1 skip=2084071 count=40 2>/dev/null) || return
  [[ $line == 02084071\ *\ dog\ 0\ * ]]
}

advice="Put WordNet 3.0 (https://wordnetcode.princeton.edu/3.0/WNdb-3.0.tar.gz) somewhere and set SYNVOTE_WORDNET to the folder that holds its data.noun."
if [ -n "${SYNVOTE_WORDNET:-}" ]; then
  [ -f "$SYNVOTE_WORDNET/data.noun" ] || fail "There is no data.noun in SYNVOTE_WORDNET=$SYNVOTE_WORDNET. $advice"
  is_3_0 "$SYNVOTE_WORDNET" || fail "$SYNVOTE_WORDNET/data.noun is not WordNet 3.0: dog must be 02084071. $advice"
  printf '%s\n' "$SYNVOTE_WORDNET"
  exit
fi
for folder in /usr/share/wordnet "$cache/wordnet/usr/share/wordnet"; do
  if is_3_0 "$folder"; then
    printf '%s\n' "$folder"
    exit
  fi
done
has_apt || fail "WordNet is missing. $advice"
"$here/debian-files.sh" wordnet-base "$cache/wordnet" >&2
is_3_0 "$cache/wordnet/usr/share/wordnet" || fail "Debian's wordnet-base is not WordNet 3.0 here. $advice"
printf '%s\n' "$cache/wordnet/usr/share/wordnet"
