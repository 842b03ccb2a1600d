#!/usr/bin/env bash
# Starts and stops the stack of containers. Needs Docker with Compose 2.22 or later (`develop`: 2.32), and openssl.
#
#   bash deploy/stack.sh up          builds what has changed and starts everything; can be repeated
#   bash deploy/stack.sh roll        the same for a running stack, one instance after the other: no request fails
#   bash deploy/stack.sh down        stops everything; the data stays (`down --volumes` removes it)
#   bash deploy/stack.sh logs        follows the logs; names of services may follow
#   bash deploy/stack.sh run ...     a command of the program, such as `run users list`
#   bash deploy/stack.sh develop     the stack, built and started again at every change of the code
#   bash deploy/stack.sh infra       PostgreSQL and Valkey only, for a program that runs outside
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

env_file=deploy/stack.env

compose() { docker compose --env-file "$env_file" "$@"; }
production() { compose --file compose.yaml "$@"; }

say() { printf '\n%s\n' "$*"; }

prepare() {
    docker compose version >/dev/null 2>&1 || {
        echo "Docker with Compose is missing: https://docs.docker.com/engine/install/" >&2
        exit 1
    }
    if [[ ! -e $env_file ]]; then
        cp deploy/stack.env.example "$env_file"
        say "Made $env_file. It is for this machine only (https://localhost); change it for others."
    fi
    bash deploy/secrets.sh
    bash deploy/certs.sh "$(setting PUBLIC_HOST)"
    IRONTRACK_COMMIT=$(git rev-parse HEAD 2>/dev/null || true)
    export IRONTRACK_COMMIT
}

setting() { sed -n "s/^$1=//p" "$env_file" | tail -n 1; }

# Fills a new installation: the administrator, and the catalogue. One that has an administrator is left alone, because its
# catalogue may have been changed on purpose.
fill() {
    local said
    if said=$(production run --rm --no-TTY command users create-system-admin --password-stdin \
        <deploy/secrets/administrator-password 2>&1); then
        production run --rm --no-TTY command catalog seed
        say "The administrator is $(setting ADMIN_EMAIL), the password is in deploy/secrets/administrator-password."
    elif [[ $said != *"already exists"* ]]; then
        printf '%s\n' "$said" >&2
        return 1
    fi
}

action=${1:-}
shift || true
case $action in
up)
    prepare
    production up --build --detach --wait "$@"
    fill
    say "IronTrack is ready at $(setting PUBLIC_URL)/docs, the status console at http://127.0.0.1:$(setting STATUS_PORT)/console/."
    ;;
roll)
    prepare
    production build
    production run --rm --no-TTY migrate
    for instance in irontrack-1 irontrack-2; do
        production up --no-deps --no-build --force-recreate --detach --wait "$instance"
    done
    ;;
down) production down "$@" ;;
logs) production logs --follow --tail 100 "$@" ;;
run) production run --rm command "$@" ;;
develop)
    prepare
    compose up --build --watch "$@"
    ;;
infra)
    prepare
    compose --file compose.infra.yaml up --detach --wait "$@"
    password=$(<deploy/secrets/database-password)
    cat <<SETTINGS

export DATABASE_URL=postgresql://irontrack:$password@127.0.0.1:${POSTGRES_PORT:-5432}/irontrack
export CACHE_URL=redis://:$(<deploy/secrets/cache-password)@127.0.0.1:${CACHE_PORT:-6379}/0
export JWT_PRIVATE_KEY_FILE=$PWD/deploy/secrets/signing-key.json APP_ENVIRONMENT=dev
SETTINGS
    ;;
*)
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
