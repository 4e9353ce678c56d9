#!/bin/sh
# Everything CI runs, in the order in which a mistake is cheapest to find.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
made=
# Tests write much that nobody keeps: where memory has room, it goes there.
if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 4000000 ]; then
  TMPDIR=$(mktemp -d /dev/shm/sifang-tests-XXXXXX)
  # PostgreSQL runs as somebody else.
  chmod 755 "$TMPDIR"
  export TMPDIR
  made=$TMPDIR
fi
# Else each of the hundreds of processes that tests start would compile all of our files for itself.
unset PYTHONDONTWRITEBYTECODE
types=
end() {
  if [ -n "$types" ]; then kill "$types" 2>/dev/null || true; fi
  if [ -n "$made" ]; then rm -rf "$made"; fi
}
trap end EXIT
step() { printf '\n== %s\n' "$1"; }

step "format and lint"
$bin/ruff format --check .
$bin/ruff check .
# It takes as long as all that stands beside it, and one processor.
step "types (Python): told at the end of those that follow"
$bin/mypy &
types=$!
step "who may import whom"
$bin/lint-imports
step "types (JavaScript)"
if [ -x node_modules/.bin/tsc ]; then
  node_modules/.bin/tsc -p web/tsconfig.page.json
  node_modules/.bin/tsc -p web/tsconfig.worker.json
else
  echo "Node was not found: the JavaScript type check did not run. Everything else does."
fi
step "compiled templates are fresh"
$bin/python -m tools.compile_templates --check
step "types (Python)"
wait "$types"
types=
step "600 made-up streets with every fault we know"
SEED=0 SCHEDULES=600 $bin/python -m simulator
step "tests"
$bin/pytest --numprocesses auto --dist worksteal tests e2e "$@"
