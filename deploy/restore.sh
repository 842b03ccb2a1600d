#!/usr/bin/env bash
# Brings a backup of backup.sh back, all of it or nothing.
#
#   bash deploy/restore.sh FILE               into an empty database
#   bash deploy/restore.sh FILE --replace     everything that is in the database is lost
#
# With DATABASE_URL in the environment: into that database (past PgBouncer), as its owner, with the pg_restore of this machine.
# Without it: into the stack of containers.
set -euo pipefail

file=${1:?usage: bash deploy/restore.sh FILE [--replace]}
mode=${2:-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[[ -r $file ]] || {
    echo "$file cannot be read" >&2
    exit 1
}

in_stack() {
    docker compose --project-directory "$root" --file "$root/compose.yaml" --env-file "$root/deploy/stack.env" \
        exec --no-TTY postgres "$@"
}

if [[ -n ${DATABASE_URL:-} ]]; then
    sql() { psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname="$DATABASE_URL" "$@"; }
    to_sql() { pg_restore --file=- "$@" "$file"; }
else
    sql() {
        in_stack psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --username=irontrack irontrack "$@"
    }
    to_sql() { in_stack pg_restore --file=- "$@" <"$file"; }
fi

tables=$(sql --command "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
if ((tables > 0)) && [[ $mode != --replace ]]; then
    echo "the database has $tables tables already: --replace removes them, with everything in them" >&2
    exit 1
fi

# First all of it as text, so that a file which is cut off is noticed before anything is changed.
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
to_sql --no-owner --no-privileges >"$work/restore.sql"

# One transaction for all of it. Everything belongs to the owner of this database afterwards.
{
    echo "BEGIN; SET LOCAL client_min_messages = warning; SET LOCAL lock_timeout = '10s';"
    if ((tables > 0)); then
        echo "DROP SCHEMA public CASCADE;"
        echo "CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;"
    fi
    # Some versions write a word that older ones do not know, and which only matters to psql.
    grep -v '^\\\(un\)\?restrict ' "$work/restore.sql"
    echo "COMMIT;"
} | sql >/dev/null
echo "$file was restored: $(sql --command "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") tables"
