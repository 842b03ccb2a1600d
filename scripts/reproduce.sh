#!/usr/bin/env bash
# Builds the program twice from the same commit, in two copies of the sources at different places, and compares: somebody else
# can only check a program by building it if the same sources make the same program. Takes two release builds.
#
#   bash scripts/reproduce.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

commit=$(git rev-parse HEAD)
folder=$(realpath -m "${CARGO_TARGET_DIR:-target}/reproduce")
rm -rf "$folder"
mkdir -p "$folder"
export SOURCE_DATE_EPOCH IRONTRACK_COMMIT=$commit CARGO_INCREMENTAL=0
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)

# Where things are on this machine must not be in the program: messages of panics name files. They are called as in the image.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
for place in one another/place; do
    mkdir -p "$folder/$place"
    git archive "$commit" | tar -x -C "$folder/$place"
    (
        cd "$folder/$place"
        RUSTFLAGS="--remap-path-prefix=$PWD=/source --remap-path-prefix=$cargo_home=/usr/local/cargo" \
            cargo build --quiet --release --locked --bin irontrack --target-dir "$PWD/target"
    )
done
sha256sum "$folder"/{one,another/place}/target/release/irontrack
if ! cmp "$folder"/{one,another/place}/target/release/irontrack; then
    echo "the same sources make different programs" >&2
    exit 1
fi
echo "The same sources make the same program, wherever they are."
