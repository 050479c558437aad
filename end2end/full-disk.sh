#!/usr/bin/env bash
# Fills the disk under the server while people label, and gives the space back:   full-disk.sh
# The disk is a small one in memory, which only root may make. Where SYNVOTE_BINARY names the program, nothing is built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup/common.sh
. "$here/setup/common.sh"
is_root || fail "SKIPPED: full-disk.sh mounts a small file system, and only root may do that."

disk=$(mktemp -d /tmp/synvote-disk.XXXXXX)
# shellcheck disable=SC2317
finish() {
  if mountpoint -q "$disk"; then umount "$disk" || umount -l "$disk"; fi
  rmdir "$disk"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mount -t tmpfs -o size=64m,mode=755 synvote "$disk" || fail "SKIPPED: a small file system can't be mounted here (in a container it needs CAP_SYS_ADMIN)."

unset SYNVOTE_TEST_POSTGRES
TMPDIR=$disk "$here/proof/run.sh" sqlite full_disk.py "$disk"
