#!/usr/bin/env bash
# Unpacks a Debian package into a folder, without installing it and without root:
#   debian-files.sh PACKAGE FOLDER [PATTERN...]      only the files that match a pattern, when there are patterns
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
package=${1:?usage: debian-files.sh PACKAGE FOLDER [PATTERN...]}
folder=${2:?usage: debian-files.sh PACKAGE FOLDER [PATTERN...]}
shift 2

work=$(mktemp -d)
trap 'rm -rf "$work" "$folder.partial"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial"
ours=(-o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work")
is_root && ours+=(-o APT::Sandbox::User=root)

say "Downloading the Debian package $package ..."
cd "$work"
# The machine's own list of packages may be empty or old: then we fetch one for ourselves.
fetch() {
  apt-get download -qq -o APT::Sandbox::User="$(id -un)" "$package" ||
    { apt-get "${ours[@]}" update -qq && apt-get "${ours[@]}" download -qq "$package"; }
}
fetch >log 2>&1 || fail "The Debian package $package could not be downloaded: $(tail -n1 log)"

rm -rf "$folder.partial"
mkdir -p "$folder.partial"
if [ $# -gt 0 ]; then
  dpkg-deb --fsys-tarfile ./*.deb | tar -x -C "$folder.partial" --wildcards "$@"
else
  dpkg-deb -x ./*.deb "$folder.partial"
fi
rm -rf "$folder"
mv "$folder.partial" "$folder"
