#!/usr/bin/env bash
# Which crate may use which (ARCHITECTURE.md, "Arrows"): cargo's own tree is the witness.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
broken=0

# refuse CRATE "NAMES" [OPTION...]   None of NAMES, nor a part of one ("sqlx-core"), is below CRATE.
refuse() {
  local crate=$1 names=$2 tree found
  shift 2
  tree=$(cargo tree --locked --quiet --package "$crate" --edges normal --prefix none --format '{p}' "$@")
  found=$(printf '%s\n' "$tree" | tail -n +2 | cut -d' ' -f1 | sort -u | grep -E "^(${names// /|})(-.*)?$" || true)
  if [ -n "$found" ]; then
    echo "arrows: $crate must not depend on: $(printf '%s' "$found" | tr '\n' ' ')" >&2
    broken=1
  fi
}

refuse app "sqlx image object_store store media server" --features ssr
refuse frontend "axum tokio sqlx domain store media server" --target wasm32-unknown-unknown
refuse domain "tokio axum leptos sqlx app store media server"
refuse store "axum leptos app media server"
refuse media "axum leptos sqlx app store server"
refuse crowd "axum leptos sqlx app store media server"
exit "$broken"
