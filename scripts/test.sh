#!/usr/bin/env bash
# Builds the program and runs all tests. Arguments go to `cargo test`:
#
#   bash scripts/test.sh sign_in -- --nocapture
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash scripts/install-services.sh postgresql valkey
# Tests of the whole topology and of the benchmarks run on Linux.
if [[ $(uname) == Linux ]]; then
    bash scripts/install-services.sh nginx chromium wrk faketime
    bash scripts/install-pgbouncer.sh >/dev/null
fi
bash scripts/install-schemathesis.sh >/dev/null
# The end-to-end tests start the program as its users do, and cargo does not build the programs of other packages for them.
cargo build --locked --bin irontrack
cargo test --locked --workspace "$@"
