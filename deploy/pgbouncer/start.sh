#!/bin/sh
# Renders the configuration and becomes PgBouncer. Runs inside its image.
set -eu

sh /etc/irontrack/render.sh /etc/irontrack/pgbouncer /run/pgbouncer
exec pgbouncer /run/pgbouncer/pgbouncer.ini
