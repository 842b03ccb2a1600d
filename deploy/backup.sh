#!/usr/bin/env bash
# Writes a backup of the database into a file, while everything runs.
#
#   bash deploy/backup.sh FILE
#
# With DATABASE_URL in the environment: of that database (past PgBouncer), with the pg_dump of this machine. Without it: of the
# stack of containers.
set -euo pipefail

file=${1:?usage: bash deploy/backup.sh FILE}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# It holds everything that users have entered, and the hashes of their passwords.
umask 077

in_stack() {
    docker compose --project-directory "$root" --file "$root/compose.yaml" --env-file "$root/deploy/stack.env" \
        exec --no-TTY postgres "$@"
}

trap 'rm -f "$file.new"' EXIT
if [[ -n ${DATABASE_URL:-} ]]; then
    pg_dump --format=custom --file="$file.new" --dbname="$DATABASE_URL"
    tables=$(pg_restore --list "$file.new" | grep -c 'TABLE DATA')
else
    in_stack pg_dump --username=postgres --format=custom irontrack >"$file.new"
    tables=$(in_stack pg_restore --list <"$file.new" | grep -c 'TABLE DATA')
fi
mv "$file.new" "$file"
echo "$file holds $tables tables, $(wc -c <"$file" | tr -d ' ') bytes"
