# Words and small helpers of the set-up scripts. Sourced, never run: messages go to standard error, because standard
# output is what the caller evaluates.
# shellcheck shell=bash

# shellcheck disable=SC2034
cache=${XDG_CACHE_HOME:-$HOME/.cache}/synvote

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }
has_apt() { command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; }

# sudo may ask for a password, but only where somebody can answer.
can_be_root() {
  is_root || { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}
as_root() { if is_root; then "$@"; else sudo "$@"; fi; }

# install_packages PURPOSE PACKAGE...   Installs Debian packages, or says in one sentence what is missing.
install_packages() {
  local purpose=$1
  shift
  if ! { has_apt && can_be_root; }; then
    fail "$purpose is missing: install it (on Debian: apt-get install $*), then try again."
  fi
  say "Installing $* ($purpose) ..."
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@")
  as_root "${install[@]}" >/dev/null 2>&1 && return
  as_root apt-get update -qq >&2 || fail "$purpose is missing, and the list of Debian packages can't be fetched."
  as_root "${install[@]}" >&2 || fail "$purpose is missing, and apt-get could not install $*."
}

# within SECONDS COMMAND...   macOS has no timeout(1); there the command takes the time it takes.
within() {
  if command -v timeout >/dev/null; then timeout "$@"; else "${@:2}"; fi
}

# export_line NAME VALUE   A line for eval, whatever the value contains.
export_line() { printf 'export %s=%q\n' "$1" "$2"; }

# Nothing listens on this port of this machine.
is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port that nothing listens on. Those from 32768 on a system gives to connections that go out: one of them may hold a
# port that nothing listens on, now or while the server that had it is started again.
free_port() {
  local port=$((20000 + RANDOM % 12000))
  while ! is_free "$port"; do port=$((20000 + RANDOM % 12000)); done
  printf '%s\n' "$port"
}
