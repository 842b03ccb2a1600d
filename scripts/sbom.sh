#!/usr/bin/env bash
# Writes what the program is made of to target/sbom/irontrack.cdx.json: each crate with version, licence, origin and hash, as a
# CycloneDX document. Compiles cargo-cyclonedx into target/cargo-cyclonedx the first time, which takes a minute or two.
#
#   bash scripts/sbom.sh                              for this machine
#   bash scripts/sbom.sh aarch64-unknown-linux-gnu    for another one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export LC_ALL=C
version=0.5.9
target=${1:-$(rustc --version --verbose | sed -n 's/^host: //p')}
folder=$(realpath -m "${CARGO_TARGET_DIR:-target}")
tool=$folder/cargo-cyclonedx
program=$tool/bin/cargo-cyclonedx
document=$folder/sbom/irontrack.cdx.json

if [[ ! -x $program || $("$program" cyclonedx --version) != *" $version" ]]; then
    echo "Compiling cargo-cyclonedx $version into $tool ..." >&2
    CARGO_TARGET_DIR=$tool/build cargo install --quiet --locked --root "$tool" --version "$version" cargo-cyclonedx
    rm -rf "$tool/build"
fi

# It is written beside the Cargo.toml of each crate of the workspace, of which one is wanted. The time in it is that of the
# commit, so that equal sources have equal documents.
name=irontrack-sbom-$$
trap 'find . -path ./target -prune -o -name "$name.json" -exec rm {} +' EXIT
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} "$program" cyclonedx --quiet \
    --manifest-path crates/irontrack/Cargo.toml --format json --spec-version 1.5 --no-build-deps \
    --target "$target" --override-filename "$name"
mkdir -p "$folder/sbom"
# Where it was made concerns nobody.
sed "s|file://$PWD|file:///source|g" "crates/irontrack/$name.json" >"$document"

# A list from which something is missing is worse than none. A few may be too much: those that only a feature needs which
# tests switch on.
in_document=$(python3 -c '
import json, sys
document = json.load(open(sys.argv[1]))
for component in document["components"]:
    print(component["name"], component["version"])
' "$document" | sort -u)
in_program=$(cargo tree --quiet --locked --package irontrack --edges normal --target "$target" --prefix none --format '{p}' |
    sed -n 's/^\([^ ]*\) v\([^ ]*\).*/\1 \2/p' | grep -v '^irontrack ' | sort -u)
missing=$(comm -13 <(echo "$in_document") <(echo "$in_program"))
if [[ -n $missing ]]; then
    printf 'the list lacks:\n%s\n' "$missing" >&2
    exit 1
fi
echo "$document: $(wc -l <<<"$in_document" | tr -d ' ') components of irontrack for $target"
