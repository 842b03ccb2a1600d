#!/usr/bin/env bash
# Makes sure that check-jsonschema is in target/check-jsonschema, a Python environment of its own, and prints where. What is
# there already is used. Needs Python 3.10 or later and the Python package index.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

requirements=deploy/requirements.txt
folder=${CARGO_TARGET_DIR:-target}/check-jsonschema
log=$folder.log

# Complete only with the mark, which holds what was installed.
if ! cmp -s "$requirements" "$folder/requirements.txt" || [[ ! -x $folder/bin/check-jsonschema ]]; then
    mkdir -p "$(dirname "$folder")"
    echo "Installing check-jsonschema into $folder ..." >&2
    rm -rf "$folder"
    if ! { python3 -m venv "$folder" &&
        "$folder/bin/python" -m pip install --disable-pip-version-check --requirement "$requirements"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "check-jsonschema could not be installed: it needs Python 3.10 or later with venv, and the Python package" \
            "index. All of what was tried is in $log." >&2
        exit 1
    fi
    cp "$requirements" "$folder/requirements.txt"
fi
(cd "$folder" && pwd)
