#!/usr/bin/env bash
# Checks that migrations can be run while the version before is still serving: with squawk, which knows what PostgreSQL
# locks. Installs it from the Python package index into target/squawk, an environment of its own. What passes is in
# .squawk.toml.
#
#   bash scripts/lint-migrations.sh              all migrations
#   bash scripts/lint-migrations.sh FILE...      these
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

requirements=scripts/squawk-requirements.txt
folder=${CARGO_TARGET_DIR:-target}/squawk
log=$folder.log

# Complete only with the mark, which holds what was installed.
if ! cmp -s "$requirements" "$folder/requirements.txt" || [[ ! -x $folder/bin/squawk ]]; then
    mkdir -p "$(dirname "$folder")"
    echo "Installing squawk into $folder ..." >&2
    rm -rf "$folder"
    if ! { python3 -m venv "$folder" && "$folder/bin/python" -m pip install --disable-pip-version-check \
        --require-hashes --requirement "$requirements"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "squawk could not be installed: it needs Python 3.10 or later with venv, and the Python package index. All of" \
            "what was tried is in $log." >&2
        exit 1
    fi
    cp "$requirements" "$folder/requirements.txt"
fi

# A check that finds nothing has to be known to find something.
careless=$(mktemp -d)
trap 'rm -rf "$careless"' EXIT
echo 'ALTER TABLE exercises ADD COLUMN kind text NOT NULL; CREATE INDEX i ON exercises (kind);' >"$careless/up.sql"
if "$folder/bin/squawk" --config .squawk.toml "$careless/up.sql" >/dev/null 2>&1; then
    echo "squawk lets a migration pass that would stop the version before" >&2
    exit 1
fi

files=("$@")
(($# > 0)) || files=(migrations/*/up.sql)
"$folder/bin/squawk" --config .squawk.toml "${files[@]}" >"$careless/said" 2>&1 || {
    cat "$careless/said" >&2
    exit 1
}
echo "Migrations: nothing in ${#files[@]} would hold up a version that is serving."
