#!/usr/bin/env bash
# Makes sure that there is a Rust toolchain which also compiles to wasm, and names it:
#   eval "$(end2end/setup/rust.sh)"        exports RUSTUP_TOOLCHAIN (where another than the default is needed) and
#                                          CARGO_TARGET_DIR (outside the checkout: a fresh clone compiles nothing twice)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
cd "$here/../.."
linked=synvote-wasm

compiles_to_wasm() { # TOOLCHAIN, or nothing for the one in use
  local sysroot
  sysroot=$(${1:+env RUSTUP_TOOLCHAIN="$1"} rustc --print sysroot 2>/dev/null) &&
    ls "$sysroot"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib >/dev/null 2>&1
}

names() { # TOOLCHAIN, or nothing for the one in use
  if [ -n "${1:-}" ]; then export_line RUSTUP_TOOLCHAIN "$1"; fi
  local target=${CARGO_TARGET_DIR:-$cache/target}
  case $target in /*) ;; *) target=$PWD/$target ;; esac
  export_line CARGO_TARGET_DIR "$target"
}

command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null ||
  fail "A C compiler is missing (SQLite is compiled into the server): install gcc or clang, then try again."
command -v rustc >/dev/null ||
  fail "Rust is missing: install it from https://rustup.rs, then try again."

if compiles_to_wasm "${RUSTUP_TOOLCHAIN:-}"; then
  names "${RUSTUP_TOOLCHAIN:-}"
  exit
fi
command -v rustup >/dev/null ||
  fail "This Rust does not compile to wasm: install Rust from https://rustup.rs, then try again."

# Made before, and by the compiler that Debian has today.
if [ -d "$cache/toolchain/lib" ] &&
  { [ ! -f "$cache/toolchain/version" ] || [ "$(cat "$cache/toolchain/version")" = "$(/usr/bin/rustc --version)" ]; }; then
  "$here/rust-from-debian-tools.sh" "$cache/toolchain"
  compiles_to_wasm "$linked" || rustup toolchain link "$linked" "$cache/toolchain" >&2
  if compiles_to_wasm "$linked"; then
    names "$linked"
    exit
  fi
fi

say "Adding the wasm32-unknown-unknown target with rustup (at most a minute) ..."
if within 60 rustup target add wasm32-unknown-unknown >&2 && compiles_to_wasm "${RUSTUP_TOOLCHAIN:-}"; then
  names "${RUSTUP_TOOLCHAIN:-}"
  exit
fi

if has_apt; then
  say "rustup can't download it here: building a toolchain from Debian's packages instead (two to four minutes) ..."
  "$here/rust-from-debian.sh" "$cache/toolchain" "$linked" >&2
  compiles_to_wasm "$linked" && names "$linked" && exit
fi
fail "Rust can't compile to wasm here: run \`rustup target add wasm32-unknown-unknown\` with a working network, then try again."
