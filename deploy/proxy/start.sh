#!/bin/sh
# Renders the configuration and becomes the proxy. Runs inside the image of Angie.
set -eu

mkdir -p "$PROXY_RUN"
sh /etc/irontrack/render.sh /etc/irontrack/proxy "$PROXY_FOLDER"
exec angie -c "$PROXY_FOLDER/proxy.conf" -g "daemon off;"
