#!/usr/bin/env bash
# The programs of a toolchain made by rust-from-debian.sh: Debian's, told where its standard libraries are.
#   rust-from-debian-tools.sh FOLDER
set -euo pipefail
folder=${1:?usage: rust-from-debian-tools.sh FOLDER}
mkdir -p "$folder/bin"

# put NAME   Makes the program from standard input, unless it is there: a changed compiler is asked for its version anew.
put() {
  cat > "$folder/bin/.$1"
  chmod +x "$folder/bin/.$1"
  if cmp -s "$folder/bin/.$1" "$folder/bin/$1" && [ ! -L "$folder/bin/$1" ]; then
    rm "$folder/bin/.$1"
  else
    mv -f "$folder/bin/.$1" "$folder/bin/$1"
  fi
}

for tool in rustc rustdoc; do
  printf '#!/bin/sh\nexec /usr/bin/%s --sysroot="%s" "$@"\n' "$tool" "$folder" | put "$tool"
done
# Cargo calls clippy-driver with a path to rustc in front, so the folder has to come by the environment, and
# cargo-clippy looks for its driver beside its own file, so it has to be a file of its own.
printf '#!/bin/sh\nSYSROOT="%s" exec /usr/bin/clippy-driver "$@"\n' "$folder" | put clippy-driver
put cargo-clippy < /usr/bin/cargo-clippy
for tool in cargo rustfmt cargo-fmt; do
  [ "$(readlink "$folder/bin/$tool" || true)" = "/usr/bin/$tool" ] || ln -sfn "/usr/bin/$tool" "$folder/bin/$tool"
done
