#!/usr/bin/env bash
# Makes sure that oha is there, a generator of load that sends at a fixed rate whether answers come or not, and prints its
# path. One on the path is used; otherwise its crate is built into target/oha, which takes some minutes the first time.
#
#   bash scripts/install-oha.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=1.16.0
folder=$(realpath -m "${CARGO_TARGET_DIR:-target}/oha")
program=$folder/$version/bin/oha

for candidate in "${OHA:-}" "$program" "$(command -v oha || true)"; do
    if [[ -n $candidate ]] && [[ $("$candidate" --version 2>/dev/null) == "oha $version" ]]; then
        echo "$candidate"
        exit
    fi
done

echo "Building oha $version ..." >&2
cargo install --quiet --locked --root "$folder/$version" --target-dir "$folder/build" "oha@$version" >&2
rm -rf "$folder/build"
echo "$program"
