#!/bin/sh
# Runs once, when the image makes a new cluster: the role and the database of IronTrack, and the extensions. It has to be
# executable: the image would read it into its own shell otherwise.
set -eu

password=$(cat /run/secrets/database-password)
# As input, so that the password is in no list of processes. `\getenv` and `:'...'` quote it.
IRONTRACK_PASSWORD=$password psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv password IRONTRACK_PASSWORD
CREATE ROLE irontrack LOGIN PASSWORD :'password';
CREATE DATABASE irontrack OWNER irontrack TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE CONNECT ON DATABASE irontrack FROM PUBLIC;
-- What is slow, for administrators: SELECT * FROM pg_stat_statements. It sees all databases from here.
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
-- The search needs it. Its owner could make it as well; this way the first migration finds it.
\connect irontrack
SET ROLE irontrack;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
