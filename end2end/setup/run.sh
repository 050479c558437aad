#!/usr/bin/env bash
# From a fresh clone to a server with a demo project in it; what is there already is not made again.
#   run.sh [OPTION...]      options go to `synvote serve`, for example --address 127.0.0.1:4000
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
cd "$here/../.."
data=${SYNVOTE_DATA:-./data}
unset SYNVOTE_DATA

say "make run 1/6: Rust, and what compiles the page"
lines=$("$here/rust.sh")
eval "$lines"
"$here/node.sh" --optional

say "make run 2/6: the page (wasm, loader, style); the first time takes minutes"
cargo run --locked --quiet --package site

say "make run 3/6: the server; the first time takes minutes"
cargo build --locked --package server --bin synvote --profile quick

say "make run 4/6: WordNet and the photographs of the demo"
wordnet=$("$here/wordnet.sh")
photographs=$("$here/photographs.sh")

say "make run 5/6: the demo project in $data"
synvote=$CARGO_TARGET_DIR/quick/synvote
"$synvote" demo --data "$data" --wordnet "$wordnet" --photographs "$photographs" --table assets/demo/photographs.csv

say "make run 6/6: serving; stop with Ctrl+C"
exec "$synvote" serve --data "$data" "$@"
