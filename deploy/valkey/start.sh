#!/bin/sh
# Renders the configuration and becomes Valkey. Runs inside its image, as its user.
set -eu

VALKEY_PASSWORD=$(cat /run/secrets/cache-password)
export VALKEY_PASSWORD
sh /etc/irontrack/render.sh /etc/irontrack/valkey /run/valkey
exec valkey-server /run/valkey/valkey.conf
