#!/usr/bin/env bash
# A throw-away PostgreSQL in a folder of its own:
#   postgres.sh start FOLDER                 prints its URL
#   postgres.sh stop FOLDER                  ends it and removes the folder
#   postgres.sh down FOLDER fast|immediate   ends it in good order, or as a crash would; the folder stays
#   postgres.sh up FOLDER                    starts it again, at the same address
#   postgres.sh sql STATEMENT URL            runs one statement on a server that is there
# PostgreSQL refuses to run as root, so root runs it as the user postgres.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
usage="usage: postgres.sh start|stop|up FOLDER | postgres.sh down FOLDER fast|immediate | postgres.sh sql STATEMENT URL"
command=${1:?$usage}

binaries() {
  local newest
  newest=$(printf '%s\n' /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin |
    while read -r bin; do if [ -x "$bin/initdb" ]; then printf '%s\n' "$bin"; fi; done | sort -V | tail -n1)
  if [ -n "$newest" ]; then
    printf '%s\n' "$newest"
  elif command -v initdb >/dev/null; then
    dirname "$(command -v initdb)"
  fi
}

# initdb complains when it can't return to the folder it was called in.
as_postgres() { if is_root; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

bin=$(binaries)
if [ -z "$bin" ]; then
  install_packages "PostgreSQL" postgresql
  bin=$(binaries)
fi
[ -n "$bin" ] || fail "PostgreSQL is missing: install it, then try again."

case $command in
start)
  folder=${2:?$usage}
  mkdir -p "$folder"
  is_root && chown postgres "$folder"
  # A database sorts by the rules of a language far more often than by bytes: let tests meet that.
  make=(as_postgres "$bin/initdb" -D "$folder/data" -U synvote --auth=trust --encoding=UTF8)
  "${make[@]}" --locale=C --locale-provider=icu --icu-locale=und >"$folder/initdb.log" 2>&1 ||
    "${make[@]}" --locale=C >"$folder/initdb.log" 2>&1 || fail "initdb failed: $(tail -n 3 "$folder/initdb.log")"
  settings="-h 127.0.0.1 -k '$folder' -c max_connections=200"
  for _ in 1 2 3 4 5; do
    port=$(free_port)
    if as_postgres "$bin/pg_ctl" -s -w -D "$folder/data" -l "$folder/log" -o "-p $port $settings" start >&2; then
      as_postgres "$bin/createdb" -h 127.0.0.1 -p "$port" -U synvote synvote
      printf 'postgres://synvote@127.0.0.1:%s/synvote\n' "$port"
      exit
    fi
  done
  fail "PostgreSQL did not start: $(as_postgres tail -n 3 "$folder/log")"
  ;;
stop)
  folder=${2:?$usage}
  if [ -f "$folder/data/postmaster.pid" ]; then
    as_postgres "$bin/pg_ctl" -s -w -m immediate -D "$folder/data" stop >&2 || true
  fi
  rm -rf "$folder"
  ;;
down) as_postgres "$bin/pg_ctl" -s -w -m "${3:?$usage}" -D "${2:?$usage}/data" stop >&2 ;;
# With the options that it had: they stand in the folder.
up) as_postgres "$bin/pg_ctl" -s -w -D "${2:?$usage}/data" -l "$2/log" -o "$(sed 's/^[^ ]* "-D" "[^"]*" //' "$2/data/postmaster.opts")" start >&2 ;;
sql) "$bin/psql" -q -v ON_ERROR_STOP=1 -d "${3:?$usage}" -c "${2:?$usage}" >&2 ;;
*) fail "$usage" ;;
esac
