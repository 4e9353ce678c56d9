#!/bin/sh
# Writes requirements/{run,test}.txt: every version pinned, every file's hash, no registry's address.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/pip install --quiet --disable-pip-version-check uv
compile() { .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade "$@"; }
compile pyproject.toml -o requirements/run.txt
compile pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt
