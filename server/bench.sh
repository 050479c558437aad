#!/usr/bin/env bash
# Measures the vote path beside its controls, and replaces docs/benchmark.md and docs/benchmark.json:   bench.sh
# BENCH_ONLY names sections, or how they begin, with commas (sqlite-32 or postgres-128-36,growth): such a run prints, and replaces nothing.
# BENCH_TRACE=1 says on the error output which statements the database was given, and how long each took.
# BENCH_SECONDS is how long a spell of work is measured (2.5), BENCH_CANDIDATES the size of the largest database,
# BENCH_FOLDER a folder on the disk to measure, with 8 GB free (/var/tmp). SYNVOTE_TEST_POSTGRES names a PostgreSQL to use instead of a
# throw-away one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
setup=$here/../end2end/setup
# shellcheck source-path=SCRIPTDIR source=../end2end/setup/common.sh
. "$setup/common.sh"

# Not --relaxed: what is kept in memory is synced in no time.
[ -n "${SYNVOTE_TEST_POSTGRES:-}" ] || exec "$setup/with-postgres.sh" "$0" "$@"

export BENCH_FOLDER=${BENCH_FOLDER:-/var/tmp}
for folder in "$BENCH_FOLDER" "${SYNVOTE_TEST_POSTGRES_FOLDER:-$BENCH_FOLDER}"; do
  case $(stat -f -c %T "$folder" 2>/dev/null || true) in
  tmpfs | ramfs) fail "$folder is in memory, where a sync costs nothing: BENCH_FOLDER must be on a disk, and so must /tmp, for PostgreSQL." ;;
  esac
done

lines=$("$setup/rust.sh")
eval "$lines"
SYNVOTE_WORDNET=$("$setup/wordnet.sh")
BENCH_PGBENCH=$(printf '%s\n' /usr/lib/postgresql/*/bin/pgbench "$(command -v pgbench || true)" |
  while read -r program; do if [ -x "$program" ]; then printf '%s\n' "$program"; fi; done | sort -V | tail -n1)
export SYNVOTE_WORDNET BENCH_PGBENCH
[ -n "$BENCH_PGBENCH" ] || say "pgbench is missing (it comes with PostgreSQL): there is no such control."

cd "$here/.."
cargo build --locked --quiet --profile quick --package server --bin synvote --example vote_path
export SYNVOTE_BINARY=$CARGO_TARGET_DIR/quick/synvote
exec "$CARGO_TARGET_DIR/quick/examples/vote_path"
