#!/usr/bin/env bash
# Checks what comes in from outside: licences, origin and bans of all dependencies (deny.toml), known vulnerabilities, and that
# none is there unused. Installs what it needs.
#
#   bash scripts/audit.sh                       all of it
#   bash scripts/audit.sh --where-reachable     without vulnerabilities, if their list cannot be fetched
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

where_reachable=
case ${1:-} in
'') ;;
--where-reachable) where_reachable=1 ;;
*)
    echo "usage: bash scripts/audit.sh [--where-reachable]" >&2
    exit 2
    ;;
esac

PATH=$(bash scripts/install-dependency-checks.sh):$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Warnings, of several versions of a crate, are for those who ask: `cargo deny check`.
deny() { cargo-deny --locked --log-level error "$@"; }

# A check that finds nothing has to be known to find something.
grep -v '"MIT"' deny.toml >"$work/deny.toml"
if deny --config "$work/deny.toml" check --hide-inclusion-graph licenses >"$work/said" 2>&1 ||
    ! grep -q 'licenses FAILED' "$work/said"; then
    cat "$work/said" >&2
    echo "cargo-deny lets a licence pass that is not allowed" >&2
    exit 1
fi

deny check licenses bans sources

# Somewhere behind a wall it would wait for minutes.
export GIT_HTTP_LOW_SPEED_LIMIT=1000 GIT_HTTP_LOW_SPEED_TIME=20 GIT_TERMINAL_PROMPT=0
if deny fetch db >"$work/said" 2>&1; then
    deny check --disable-fetch advisories
elif [[ -n $where_reachable ]]; then
    echo "NOT CHECKED: vulnerabilities. The list of them (RustSec) cannot be fetched from here:"
    sed '/^$/d; s/^/    /' "$work/said" | cut -c 1-160 | tail -n 2
else
    cat "$work/said" >&2
    echo "the list of vulnerabilities (RustSec) cannot be fetched" >&2
    exit 1
fi

cargo-shear --deny-warnings >"$work/said" 2>&1 || {
    cat "$work/said" >&2
    exit 1
}
echo "Dependencies: $(grep -c '^source = ' Cargo.lock) from outside, none unused."
