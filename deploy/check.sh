#!/usr/bin/env bash
# Checks the files of the deployment as far as that goes without containers: compose files against the published schema and
# what they refer to, templates with every variable and with each one missing, the configuration of the proxy with nginx, that
# of PostgreSQL with PostgreSQL, and all shell scripts. Installs what it needs.
#
#   bash deploy/check.sh
# shellcheck disable=SC2016 # what is in single quotes is for others
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compose_files=(compose.yaml compose.override.yaml compose.infra.yaml)

bash scripts/install-services.sh postgresql nginx shellcheck promtool >/dev/null
PATH=$PATH:/usr/sbin
tools=$(bash scripts/install-check-jsonschema.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# ------------------------------------------------------------------------------------------------------ compose files

"$tools/bin/check-jsonschema" --quiet --builtin-schema vendor.compose-spec "${compose_files[@]}"
"$tools/bin/python" deploy/check-references.py "${compose_files[@]}"
if docker compose version >/dev/null 2>&1; then
    for file in compose.yaml compose.infra.yaml; do
        docker compose --env-file deploy/stack.env.example --file "$file" config --quiet
    done
fi
echo "Compose files: ${#compose_files[@]} are as the schema says, and refer to what exists."

# ---------------------------------------------------------------------------------------------------------- templates

# Variables of the templates in a folder.
variables() {
    cat "$1"/*.template | grep -oE '\$\{[A-Z][A-Z0-9_]*\}' | tr -d '${}' | sort -u
}

# Renders with nothing in the environment but the settings of a file.
render() {
    local settings=$1 folder=$2 target=$3
    env -i PATH="$PATH" sh -c 'set -a && . "$1" && exec sh deploy/render.sh "$2" "$3"' sh "$settings" "$folder" "$target"
}

check_templates() {
    local folder=$1 settings=$2 name
    render "$settings" "$folder" "$work/$folder" || fail "$folder: cannot be rendered with all variables"
    if grep -rnF '${' "$work/$folder"; then fail "$folder: something was not rendered"; fi
    for name in $(variables "$folder"); do
        grep -v "^$name=" "$settings" >"$work/without" || true
        if render "$work/without" "$folder" "$work/broken" 2>"$work/said"; then
            fail "$folder: renders without $name"
        fi
        grep -q "$name is not set" "$work/said" || fail "$folder: does not say that $name is missing"
        [[ -z $(find "$work/broken" -type f) ]] || fail "$folder: something was written without $name"
    done
    while IFS='=' read -r name _; do
        variables "$folder" | grep -qx "$name" || fail "$folder: $name is set and used nowhere"
    done < <(grep -E '^[A-Z]' "$settings")
    echo "Templates of $folder: each of $(variables "$folder" | wc -l) variables is needed."
}

# The last of a name counts.
proxy_settings() {
    local name value
    declare -A values
    while IFS='=' read -r name value; do
        values[$name]=$value
    done < <(grep -hE '^[A-Z]' deploy/proxy/defaults.env "$work/own.env")
    for name in "${!values[@]}"; do
        printf "%s='%s'\n" "$name" "${values[$name]}"
    done
}
cat >"$work/own.env" <<SETTINGS
PROXY_USER=root
PROXY_FOLDER=$work/deploy/proxy
PROXY_RUN=$work
PROXY_ACCESS_LOG=$work/access.log
PROXY_ERROR_LOG=$work/error.log
PROXY_CERTIFICATE=$work/certs/certificate.pem
PROXY_CERTIFICATE_KEY=$work/certs/certificate-key.pem
PROXY_SERVER_NAME=irontrack.example.org
PROXY_HTTP3_PORT=443
PUBLIC_URL=https://irontrack.example.org
ALLOWED_ORIGINS=https://app.example.org, https://other.example.org
SETTINGS
proxy_settings >"$work/proxy.env"
cat >"$work/pgbouncer.env" <<SETTINGS
PGBOUNCER_DATABASE=irontrack
PGBOUNCER_SERVER_HOST=postgres
PGBOUNCER_SERVER_PORT=5432
PGBOUNCER_LISTEN_ADDRESS=127.0.0.1
PGBOUNCER_LISTEN_PORT=6432
PGBOUNCER_SOCKET_FOLDER=$work
PGBOUNCER_AUTH_FILE=$work/userlist.txt
PGBOUNCER_POOL_SIZE=20
PGBOUNCER_MAX_CLIENTS=200
SETTINGS
cat >"$work/valkey.env" <<SETTINGS
VALKEY_BIND=127.0.0.1
VALKEY_PORT=6379
VALKEY_PASSWORD=none
VALKEY_MEMORY=64mb
SETTINGS

check_templates deploy/proxy "$work/proxy.env"
check_templates deploy/pgbouncer "$work/pgbouncer.env"
check_templates deploy/valkey "$work/valkey.env"

printf '%s\n' "VALKEY_BIND='a\" b'" >>"$work/valkey.env"
if render "$work/valkey.env" deploy/valkey "$work/broken" 2>/dev/null; then
    fail "a value that would change the configuration was rendered"
fi

# -------------------------------------------------------------------------------------------------------------- proxy

bash deploy/certs.sh irontrack.example.org "$work/certs" >/dev/null
rm "$work/deploy/proxy/only-angie.conf"
nginx -q -t -e "$work/error.log" -c "$work/deploy/proxy/proxy.conf"
echo "Proxy: nginx reads the configuration, without only-angie.conf."

# --------------------------------------------------------------------------------------------------------- PostgreSQL

# Every setting is known and has a value that is possible. The extension is part of another package, and of the image.
postgres_folder=$(dirname "$(bash scripts/install-services.sh postgresql | sed -n 's/.*(\(.*\)).*/\1\/postgres/p')")
mkdir -m 700 "$work/cluster"
{
    grep -v '^shared_preload_libraries\|^pg_stat_statements' deploy/postgres/postgresql.conf
    printf "%s = '$work/cluster'\n" data_directory hba_file ident_file
} >"$work/postgresql.conf"
version=$("$postgres_folder/postgres" --version | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
echo "$version" >"$work/cluster/PG_VERSION"
chmod 755 "$work"
as_somebody=()
if ((EUID == 0)); then
    chown -R nobody "$work/cluster"
    as_somebody=(setpriv --reuid nobody --clear-groups)
fi
synchronous=$("${as_somebody[@]}" "$postgres_folder/postgres" -C synchronous_commit \
    --config-file="$work/postgresql.conf" 2>"$work/said") || fail "$(<"$work/said")"
[[ $synchronous == on ]] || fail "PostgreSQL does not read deploy/postgres/postgresql.conf"
echo "PostgreSQL $version reads the configuration."

# --------------------------------------------------------------------------------------------------------- Prometheus

# The rules can be read, and each of them fires and stays silent as their tests say.
if ! { promtool check rules deploy/prometheus/alerts.yml && promtool test rules deploy/prometheus/alerts_test.yml; } \
    >"$work/said" 2>&1; then
    fail "$(<"$work/said")"
fi
echo "Prometheus: $(grep -c -- '- alert:' deploy/prometheus/alerts.yml) alerts, each as its tests say."

# ------------------------------------------------------------------------------------------------------------ scripts

mapfile -t scripts < <(git ls-files --cached --others --exclude-standard '*.sh' .ci/run)
shellcheck "${scripts[@]}"
echo "Shell scripts: nothing to complain about in ${#scripts[@]}."
