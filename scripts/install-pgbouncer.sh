#!/usr/bin/env bash
# Makes sure that a PgBouncer is there which keeps prepared statements in transaction mode (1.21 or later), and prints its
# path. One that is installed is used; otherwise the source package of a newer Debian is built into target/pgbouncer, beside
# the system. That needs a C compiler, make and curl, and installs libevent and pkg-config if it may.
#
#   bash scripts/install-pgbouncer.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=1.24.1
hash=da72a3aba13072876d055a3e58dd4aba4a5de4ed6148e73033185245598fd3e0
archive=pgbouncer_$version.orig.tar.gz
folder=$(realpath -m "${CARGO_TARGET_DIR:-target}/pgbouncer")
program=$folder/$version/bin/pgbouncer
log=$folder/build.log

say() { printf '%s\n' "$*" >&2; }

# Whether a program is new enough.
is_good() {
    local found
    found=$("$1" --version 2>/dev/null | sed -n 's/^PgBouncer \([0-9]*\.[0-9]*\).*/\1/p')
    [[ -n $found ]] && ((${found%%.*} > 1 || ${found##*.} >= 21))
}

for candidate in "${PGBOUNCER:-}" "$program" "$(PATH=$PATH:/usr/sbin command -v pgbouncer || true)"; do
    if [[ -n $candidate ]] && is_good "$candidate"; then
        echo "$candidate"
        exit
    fi
done

give_up() {
    [[ ! -s $log ]] || tail -n 20 "$log" >&2
    say "$* All of what was tried is in $log. PgBouncer 1.21 or later can also be installed by hand; PGBOUNCER names it."
    exit 1
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# The mirrors that apt uses have the sources of newer releases too, as long as these are supported.
mirrors() {
    sed -nE 's/^(URIs:|deb(-src)?( \[[^]]*\])?) +([^ ]+).*/\4/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
        grep -E '/debian/?$' | sort -u || true
    echo http://deb.debian.org/debian
}

fetch() {
    local mirror
    while IFS= read -r mirror; do
        if curl --fail --silent --show-error --location --max-time 60 --output "$work/$archive" \
            "${mirror%/}/pool/main/p/pgbouncer/$archive" 2>>"$log"; then
            sha256sum --check --status <<<"$hash  $work/$archive" && return
            echo "$mirror: $archive is not the file that was looked at" >>"$log"
        fi
    done < <(mirrors)
    return 1
}

has_libraries() { pkg-config --exists libevent 2>/dev/null && command -v cc make curl >/dev/null; }

mkdir -p "$folder"
# One at a time: several tests may ask for it.
exec 9>"$folder/lock"
flock 9 2>/dev/null || true
if is_good "$program"; then
    echo "$program"
    exit
fi
: >"$log"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say "Building PgBouncer $version into $folder ..."
if ! has_libraries; then
    as_root apt-get -q -y -o DPkg::Lock::Timeout=300 update </dev/null >>"$log" 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends \
        libevent-dev pkg-config gcc libc6-dev make curl </dev/null >>"$log" 2>&1 || true
    has_libraries || give_up "libevent (libevent-dev), pkg-config, a C compiler, make or curl is missing."
fi
fetch || give_up "The source of PgBouncer could not be fetched."
tar -xzf "$work/$archive" -C "$work"
(
    cd "$work/pgbouncer-$version"
    # Only what is needed: neither TLS nor other names services nor documents.
    ./configure --prefix="$folder/$version" --without-openssl --without-cares --disable-debug &&
        make -j "$(nproc)" pgbouncer &&
        install -D pgbouncer "$program"
) </dev/null >>"$log" 2>&1 || give_up "PgBouncer could not be built."
is_good "$program" || give_up "The PgBouncer that was built does not run."
echo "$program"
