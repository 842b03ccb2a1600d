#!/usr/bin/env bash
# Runs IronTrack for development on a machine that has nothing but Rust. Arguments go to `irontrack server dev`:
#
#   bash scripts/run.sh --port 9000
set -euo pipefail

# The folder decides where `.env` and `.irontrack` are looked for, so it is always the same one.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash scripts/install-services.sh postgresql
# In the place of this shell, so that signals reach cargo and the server directly.
exec cargo run --locked --bin irontrack -- server dev "$@"
