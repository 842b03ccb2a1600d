# Everyday commands. `just` lists them; none of them is needed to run or test IronTrack (see README.md).

set shell := ["bash", "-euo", "pipefail", "-c"]
set positional-arguments

[private]
default:
    @just --list --unsorted

# Install the tools that the other commands use
install:
    bash scripts/install-services.sh postgresql valkey
    if command -v rustup >/dev/null; then rustup component add clippy rustfmt; fi
    cargo install --locked watchexec-cli typos-cli

# Run the development server (arguments go to `irontrack server dev`)
run *arguments:
    bash scripts/run.sh "$@"

# The same, built and started again whenever the code changes; the data stays
dev *arguments:
    bash scripts/install-services.sh postgresql
    watchexec --restart --stop-signal SIGTERM --stop-timeout 20s \
        --watch Cargo.toml --watch Cargo.lock --watch crates --watch migrations --watch catalogue \
        -- cargo run --bin irontrack -- server dev "$@"

# Format the code and correct what clippy and typos can correct by themselves
fix:
    cargo clippy --workspace --all-targets --fix --allow-dirty --allow-staged
    cargo fmt --all
    typos --write-changes

# All checks that need no tests
lint:
    cargo fmt --all --check
    cargo clippy --locked --workspace --all-targets -- -D warnings
    bash scripts/architecture.sh
    typos

# Check that migrations let the version before go on serving
lint-migrations *files:
    bash scripts/lint-migrations.sh "$@"

# Run all tests (arguments go to `cargo test`)
test *arguments:
    bash scripts/test.sh "$@"

# Try passwords on a large scale, with the limits and the windows of production (a quarter of an hour)
brute-force:
    bash scripts/test.sh --test e2e brute_force -- --ignored --nocapture

# Run all tests and write what they covered to coverage/html
coverage *arguments:
    #!/usr/bin/env bash
    set -euo pipefail
    command -v cargo-llvm-cov >/dev/null || cargo install --locked cargo-llvm-cov
    if command -v rustup >/dev/null; then rustup component add llvm-tools; fi
    # In a folder of its own: the compiler flags differ, and one folder would be rebuilt at every change of mind.
    export CARGO_TARGET_DIR="$PWD/target/coverage"
    # The program that the end-to-end tests start is counted as well.
    eval "$(cargo llvm-cov show-env --sh)"
    cargo llvm-cov clean --workspace
    bash scripts/test.sh "$@"
    cargo llvm-cov report --html --output-dir coverage
    cargo llvm-cov report --summary-only | tail -n 1

# Build the program with the feature otlp, and see what it sends to a collector of traces
test-otlp:
    bash scripts/install-services.sh postgresql
    cargo clippy --locked -p irontrack -p irontrack-tests --features irontrack-tests/otlp --bins --lib --test otlp -- -D warnings
    cargo build --locked --bin irontrack --features otlp
    cargo test --locked -p irontrack-tests --features otlp --test otlp

# Refuse a million forged tokens, which takes two minutes (and building, the first time, two more)
forgeries:
    PROPTEST_CASES=1000000 cargo test --release -p irontrack-auth --lib -- forgeries --nocapture

# Read very many random cursors, keys, query strings, tokens, and broken files of other apps (`just fuzz 20000`: so many of each)
fuzz cases="1000000":
    #!/usr/bin/env bash
    set -euo pipefail
    export PROPTEST_CASES="${1#cases=}"
    cargo test --release -p irontrack-domain -p irontrack-application -p irontrack-http --lib -- any_text any_position
    cargo test --release -p irontrack-auth --lib -- forgeries --nocapture
    cargo test --release -p irontrack-interchange -- --nocapture

# Stop, freeze, slow and spoil Valkey and PostgreSQL for as long as the goals of reliability say; prints all figures
faults:
    IRONTRACK_TEST_FAULTS=full bash scripts/test.sh --test e2e faults -- --test-threads 1 --nocapture

# Find the rate that this machine serves, stay below it for ten minutes, then ask for twice as much; takes twenty minutes
load:
    bash scripts/install-services.sh postgresql
    cargo build --locked --release --bin irontrack
    OHA="$(bash scripts/install-oha.sh)" cargo test --locked --release -p irontrack-tests --test e2e -- \
        faults::load --ignored --nocapture

# End a thousand sessions under the eyes of two instances, and compare them with one that keeps no copies
two-instances:
    IRONTRACK_TEST_ROUNDS=1000 bash scripts/test.sh --test e2e two_instances -- --test-threads 1 --nocapture

# Measure whether sign-in takes the same time for everybody; takes some minutes on a machine with nothing else to do
timing:
    cargo test -p irontrack-tests --test e2e -- sign_in_cost --ignored --nocapture

# Measure whether a history costs the same among twelve million sets as among two hundred thousand; takes some minutes
history-scale:
    cargo test --release -p irontrack-tests --test e2e -- history_scale --ignored --nocapture

# Import a file of 50 000 rows and a document of 200 MiB, and compare time and memory with the goals; takes some minutes
import-scale:
    cargo test --release -p irontrack-tests --test e2e -- imports::scale --include-ignored --nocapture

# Measure how far from the limit of the machine it is (benchmarks/SPEC.md); arguments are scenarios and options
bench *arguments:
    bash scripts/install-services.sh postgresql wrk
    cargo build --release --bin irontrack
    cargo run --release -p irontrack-benchmarks -- run "$@"

# The same with server and PostgreSQL on one core and the generator on another one
bench-constrained *arguments:
    bash scripts/install-services.sh postgresql wrk
    cargo build --release --bin irontrack
    cargo run --release -p irontrack-benchmarks -- run --server-cores 0 --postgresql-cores 0 --generator-cores 1 "$@"

# One second of every scenario: whether they work, not how fast they are
bench-smoke:
    bash scripts/install-services.sh postgresql wrk
    cargo build --locked --bin irontrack
    cargo test --locked -p irontrack-benchmarks --test smoke -- --nocapture

# Measure how long questions about the progress of 10 000 sessions take, alone and beside others; takes some minutes
progress-speed:
    cargo test --release -p irontrack-tests --test e2e -- progress::speed --ignored --nocapture

# Check vulnerabilities, licences and origin of all dependencies, and that none is there unused
audit:
    bash scripts/audit.sh

# Show dependencies that nothing uses (`just unused --fix` removes them)
unused *arguments:
    "$(bash scripts/install-dependency-checks.sh)/cargo-shear" --deny-warnings "$@"

# Write what the program is made of to target/sbom/irontrack.cdx.json (CycloneDX)
sbom *arguments:
    bash scripts/sbom.sh "$@"

# Build the program twice, in two folders, and compare: the same sources have to make the same program (many minutes)
reproduce:
    bash scripts/reproduce.sh

# Build the documentation of all crates (`just docs --open` shows it)
docs *arguments:
    cargo doc --workspace --no-deps "$@"

# Show the full topology without containers: proxy, two instances, PgBouncer, PostgreSQL, Valkey, until Ctrl-C
topology:
    bash scripts/install-services.sh postgresql valkey nginx
    bash scripts/install-pgbouncer.sh >/dev/null
    cargo build --locked --bin irontrack
    cargo test --locked -p irontrack-tests --test e2e topology_by_hand -- --ignored --nocapture

# Start the stack of containers (deploy/README.md): proxy, two instances, PgBouncer, PostgreSQL, Valkey
stack-up *arguments:
    bash deploy/stack.sh up "$@"

# Stop it; the data stays (`just stack-down --volumes` removes it)
stack-down *arguments:
    bash deploy/stack.sh down "$@"

# Follow its logs (names of services may follow)
stack-logs *services:
    bash deploy/stack.sh logs "$@"

# Make a certificate for trying the stack under a name
certs host="localhost":
    bash deploy/certs.sh "$1"

# Check the files of the deployment as far as that goes without containers
check-deploy:
    bash deploy/check.sh

# Everything that continuous integration checks
ci:
    bash .ci/run
