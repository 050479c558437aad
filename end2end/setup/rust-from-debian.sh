#!/usr/bin/env bash
# Makes one Rust toolchain that also compiles to wasm from Debian's packages, for a machine on which rustup can't
# download the target:   rust-from-debian.sh FOLDER NAME     then: export RUSTUP_TOOLCHAIN=NAME
# Debian's compiler brings no standard library for wasm, but its source: we compile that, with bitcode embedded,
# since the release profile of the page links with fat LTO.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
folder=${1:?usage: rust-from-debian.sh FOLDER NAME}
name=${2:?usage: rust-from-debian.sh FOLDER NAME}
target=wasm32-unknown-unknown

packages=(rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web)
dpkg -s "${packages[@]}" >/dev/null 2>&1 || install_packages "A Rust compiler that knows wasm" "${packages[@]}"

wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$here/../../Cargo.toml")
found=$(/usr/bin/rustc --version | cut -d' ' -f2)
[ "$(printf '%s\n' "$wanted" "$found" | sort -V | head -n1)" = "$wanted" ] ||
  fail "Debian's Rust is $found, and Synvote needs $wanted: install Rust from https://rustup.rs on a machine with a working network."

host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')

# Debian's compiler brings no linker for wasm either. Every toolchain of rustup does; else LLVM's newest is the one.
find_linker() {
  local linker
  for linker in "${RUSTUP_HOME:-$HOME/.rustup}"/toolchains/*/lib/rustlib/"$host"/bin/rust-lld; do
    if [ -x "$linker" ]; then
      readlink -f "$linker"
      return
    fi
  done
  local newest
  newest=$(apt-cache pkgnames lld- | grep -E '^lld-[0-9]+$' | sort -V | tail -n1)
  [ -x "/usr/bin/$newest" ] || install_packages "A linker for wasm" "${newest:-lld}"
  printf '/usr/bin/%s\n' "${newest:-lld}"
}
linker=$(find_linker)

# Everything is made beside the folder, which appears only when it is complete.
build=$(mktemp -d)
trap 'rm -rf "$build" "$folder.partial"' EXIT
mkdir "$build/src"
echo '#![no_std]' > "$build/src/lib.rs"
printf '[package]\nname = "carrier"\nversion = "0.0.0"\nedition = "2024"\n' > "$build/Cargo.toml"
(
  cd "$build"
  unset RUSTUP_TOOLCHAIN CARGO_BUILD_TARGET RUSTC_WRAPPER
  env PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    CARGO_TARGET_DIR="$build/target" CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker" \
    /usr/bin/cargo build -q -Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test --release --target "$target"
)

rm -rf "$folder.partial"
mkdir -p "$folder.partial/lib/rustlib/$host/bin" "$folder.partial/lib/rustlib/$target/lib"
cp "$build/target/$target/release/deps/"*.rlib "$folder.partial/lib/rustlib/$target/lib/"
rm -f "$folder.partial/lib/rustlib/$target/lib/"libcarrier-*.rlib
ln -sfn "/usr/lib/rustlib/$host/lib" "$folder.partial/lib/rustlib/$host/lib"
ln -sfn "$linker" "$folder.partial/lib/rustlib/$host/bin/rust-lld"
ln -sfn /usr/lib/rustlib/src "$folder.partial/lib/rustlib/src"
/usr/bin/rustc --version > "$folder.partial/version"
rm -rf "$folder"
mv "$folder.partial" "$folder"
"$here/rust-from-debian-tools.sh" "$folder"
rustup toolchain link "$name" "$folder"
