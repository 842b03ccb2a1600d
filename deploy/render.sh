#!/bin/sh
# Renders templates: every ${NAME} in the files *.template of a folder becomes the value of the environment variable NAME.
#
#   sh deploy/render.sh TEMPLATE-FOLDER TARGET-FOLDER
#
# A variable that is not set is an error, and so is a value with characters that the configuration files would take for
# their own; an empty one is fine. All mistakes are named, and nothing is written then. Needs awk and nothing else, since it
# also runs inside the images.
set -eu

if [ $# -ne 2 ] || [ ! -d "$1" ]; then
    echo "usage: sh render.sh TEMPLATE-FOLDER TARGET-FOLDER" >&2
    exit 2
fi
templates=$1
target=$2

# Who renders passwords wants nobody else to read them.
umask 077
mkdir -p "$target"
work=$(mktemp -d "$target/.render.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Prints the text with all values; ends with 1 if one of them cannot be used.
# shellcheck disable=SC2016 # what is in it is for awk
program='
{
    rest = $0
    line = ""
    while (match(rest, /\$\{[A-Z][A-Z0-9_]*\}/)) {
        name = substr(rest, RSTART + 2, RLENGTH - 3)
        line = line substr(rest, 1, RSTART - 1)
        rest = substr(rest, RSTART + RLENGTH)
        if (!(name in ENVIRON)) {
            complain(name, "is not set")
        } else if (ENVIRON[name] ~ /["\\;{}$`\n\r]/) {
            complain(name, "has a character that cannot be in a configuration file")
        } else {
            line = line ENVIRON[name]
        }
    }
    print line rest
}
function complain(name, problem) {
    wrong = 1
    if (!((name, problem) in said)) {
        said[name, problem] = 1
        print FILENAME ": " name " " problem | "cat >&2"
    }
}
END { close("cat >&2"); exit wrong }
'

status=0
for template in "$templates"/*.template; do
    name=${template##*/}
    awk "$program" "$template" >"$work/${name%.template}" || status=1
done
[ "$status" -eq 0 ] || exit 1

for file in "$work"/*; do
    mv "$file" "$target/"
done
