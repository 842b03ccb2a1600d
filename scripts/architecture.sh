#!/usr/bin/env bash
# Checks the rules of ARCHITECTURE.md that the compiler does not: which crate may know which, where the large frameworks
# may be reached from, and what must not be in the sources. Every broken rule is shown, not only the first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

broken=0

complain() {
    printf '%s\n' "$1" >&2
    [[ -z ${2:-} ]] || printf '%s\n' "$2" | sed 's/^/    /' >&2
    broken=$((broken + 1))
}

# ------------------------------------------------------------------------------------------------------- dependencies

# Which crates of the workspace a crate may depend on; `*` is any. A crate without a line is an error: decide first.
allowed_edges() {
    case $1 in
    irontrack-domain | irontrack-embedded) ;;
    irontrack-ports) echo irontrack-domain ;;
    irontrack-application) echo irontrack-{ports,interchange,domain} ;;
    irontrack-interchange) echo irontrack-domain ;;
    irontrack-http | irontrack-cli) echo irontrack-{application,ports,interchange,domain} ;;
    irontrack-postgres-adapter | irontrack-valkey-adapter | irontrack-memory-adapter | irontrack-chart-adapter | irontrack-auth)
        echo irontrack-{ports,domain}
        ;;
    irontrack | irontrack-tests | irontrack-benchmarks) echo '*' ;;
    *) return 1 ;;
    esac
}

# All that the crates at the centre may depend on besides crates of the workspace. Others embed them: each dependency
# more is one more for them.
allowed_libraries() {
    case $1 in
    irontrack-domain) echo chrono chrono-tz idna thiserror unicode-normalization uuid ;;
    irontrack-ports) echo async-trait chrono thiserror uuid ;;
    irontrack-interchange) echo chrono csv csv-core flate2 serde serde_json strsim thiserror uuid ;;
    *) return 1 ;;
    esac
}

# Where a framework may be reached from. Whoever sees everything sees these as well.
home_of() {
    case $1 in
    diesel | diesel-async | diesel_migrations | tokio-postgres) echo irontrack-postgres-adapter ;;
    actix-web | actix-http | utoipa) echo irontrack-http ;;
    redis | bb8-redis) echo irontrack-valkey-adapter ;;
    plotters) echo irontrack-chart-adapter ;;
    prometheus-client | procfs) echo irontrack-http ;;
    opentelemetry) echo irontrack ;;
    esac
}
frameworks="diesel diesel-async diesel_migrations tokio-postgres actix-web actix-http utoipa redis bb8-redis plotters prometheus-client procfs opentelemetry"

# What a crate needs to be built and to run, one name a line; tests may use more.
tree() {
    local package=$1
    shift
    cargo tree --quiet --locked --package "$package" --edges normal,build --prefix none --format '{p}' "$@" |
        cut -d ' ' -f 1 | sort -u
}

among() {
    local word=$1 list=" $2 "
    [[ $list == *" $word "* ]]
}

members=$(cargo tree --quiet --locked --workspace --edges normal --depth 0 --prefix none --format '{p}' |
    cut -d ' ' -f 1 | sed '/^$/d' | sort -u)

for member in $members; do
    if ! edges=$(allowed_edges "$member"); then
        complain "$member: no rule says which crates it may depend on; add one to scripts/architecture.sh"
        continue
    fi
    direct=$(tree "$member" --depth 1 --all-features | sed "/^$member\$/d")

    for dependency in $direct; do
        if among "$dependency" "${members//$'\n'/ }" && [[ $edges != '*' ]] && ! among "$dependency" "$edges"; then
            complain "$member depends on $dependency; it may depend on: ${edges:-no crate of the workspace}"
        fi
    done

    if libraries=$(allowed_libraries "$member"); then
        # serde is there for those who switch the feature on.
        everybody=$(tree "$member" --depth 1 | sed "/^$member\$/d")
        for dependency in $direct; do
            if [[ $dependency == serde ]] && ! among serde "${everybody//$'\n'/ }"; then continue; fi
            if ! among "$dependency" "$libraries $edges"; then
                complain "$member depends on $dependency; it may depend on: $libraries $edges"
            fi
        done
    fi

    [[ $edges == '*' ]] && continue
    all=$(tree "$member" --all-features)
    for framework in $frameworks; do
        if [[ $(home_of "$framework") != "$member" ]] && among "$framework" "${all//$'\n'/ }"; then
            complain "$member reaches $framework, which only $(home_of "$framework") may:" \
                "$(cargo tree --quiet --locked --package "$member" --edges normal,build --all-features \
                    --invert "$framework" 2>&1 | head -n 8)"
        fi
    done
done

# ------------------------------------------------------------------------------------------------------------ sources

# Such a name says nothing about what is inside, so that everything ends up there.
nameless=$(find crates tests -path '*/target' -prune -o -print | grep -E '/(utils?|helpers?|common)(\.[^/]*)?$' || true)
[[ -z $nameless ]] || complain "files and folders that should be named after what they do:" "$nameless"

# clippy finds most of these as well, but not in code that is not compiled here.
unfinished=$(grep -rnE --include='*.rs' '(^|[^[:alnum:]_])(todo|unimplemented|dbg)![[:space:]]*[([{]' crates tests || true)
[[ -z $unfinished ]] || complain "unfinished code:" "$unfinished"

if ((broken > 0)); then
    echo "$broken rule(s) of the architecture broken" >&2
    exit 1
fi
echo "The architecture is as described: $(wc -w <<<"$members" | tr -d ' ') crates checked."
