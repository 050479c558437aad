#!/usr/bin/env bash
# Words for people stand in app/texts, not between quotes in screens (CONTRIBUTING.md, "Texts"). In a page, component, island
# or server function, a string with a capitalised word, one with three words in a row, and text between tags are taken for such.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A string with what stands right before and behind it.
string='(>|[A-Za-z_-]+=|query_selector(_all)?\()?"([^"\\]|\\.)*"( =>| if| \||<)?'
words='"([^"]*[^"A-Za-z])?([A-Z][a-z]+|[a-z]{2,} [a-z]{2,} [a-z]{2,})[^"]*"|>"[^"]*[a-z]{2}[^"]*"<'
# Strings that a machine reads: patterns of a match (names of keys), queries of the document, attributes; and our own name.
machine='(=>|if|\|)$|:query_selector|:(class|viewBox|preserveAspectRatio|d|rel|content|accept)=|Synvote"?<?$'
broken=0
for file in app/src/{api,pages,components,islands}/*.rs app/src/pages/*/*.rs; do
  # What the tests say, comments and Rust's attributes is left out.
  found=$(sed -e '/^#\[cfg(test)\]/,$d' -e 's:^ *//.*$::' -e '/^ *#!\{0,1\}\[/d' -e '/^ *reason = /d' "$file" |
    grep -noE "$string" | grep -E "$words" | grep -vE "$machine" || true)
  if [ -n "$found" ]; then
    printf 'texts: words between quotes in %s; they belong into app/texts:\n%s\n' "$file" "$found" >&2
    broken=1
  fi
done

# What the server refuses, it says in texts too: server/texts.
refusal='(Failure|ApiError)::(invalid|not_found|forbidden|conflict|Invalid|NotFound|Forbidden|Conflict)\( *(format!\( *)?"[^"]*[A-Za-z]{2} [a-z]{2}[^"]*"'
while read -r file; do
  found=$(sed -e '/^#\[cfg(test)\]/,$d' "$file" | tr '\n' ' ' | grep -oE "$refusal" || true)
  if [ -n "$found" ]; then
    printf 'texts: words between quotes in %s; they belong into server/texts:\n%s\n' "$file" "$found" >&2
    broken=1
  fi
done < <(find server/src -name '*.rs')
exit "$broken"
