#!/usr/bin/env bash
# Makes the secrets of the stack in deploy/secrets (or the folder that is named): random passwords, the addresses that
# contain them, and the key that signs tokens. What is there already stays. Needs openssl.
#
#   bash deploy/secrets.sh [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=${1:-deploy/secrets}
command -v openssl >/dev/null || {
    echo "openssl is missing: install it (Debian, Ubuntu: apt-get install openssl)" >&2
    exit 1
}

# Containers see the files with the permissions that they have here, and read them as other users. So the files are
# readable and the folder is closed: nobody else on this machine gets to them.
mkdir -p "$folder"
chmod 700 "$folder"

# Writes what comes in, all or nothing.
secret() {
    local file=$folder/$1
    cat >"$file.new"
    [[ -s $file.new ]] || {
        echo "$file would be empty" >&2
        exit 1
    }
    chmod 644 "$file.new"
    mv "$file.new" "$file"
    echo "made $file"
}

password() {
    [[ -s $folder/$1 ]] || openssl rand -hex 32 | tr -d '\n' | secret "$1"
}

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# An Ed25519 key as a JSON Web Key. `irontrack keys generate` makes the same; this needs no program that is built yet.
signing_key() {
    [[ -s $folder/signing-key.json ]] && return
    local pem private public
    pem=$(openssl genpkey -algorithm ed25519)
    # The keys are the last 32 bytes of their encodings.
    private=$(openssl pkey -outform DER <<<"$pem" | tail -c 32 | base64url)
    public=$(openssl pkey -pubout -outform DER <<<"$pem" | tail -c 32 | base64url)
    printf '{"kty":"OKP","crv":"Ed25519","x":"%s","d":"%s"}\n' "$public" "$private" | secret signing-key.json
}

# An address follows the password in it.
address() {
    local file=$folder/$1 text=$2
    [[ -s $file && $(<"$file") == "$text" ]] || printf '%s' "$text" | secret "$1"
}

for name in postgres-password database-password cache-password administrator-password; do
    password "$name"
done
signing_key
address database-url "postgresql://irontrack:$(<"$folder/database-password")@pgbouncer:6432/irontrack"
address database-direct-url "postgresql://irontrack:$(<"$folder/database-password")@postgres:5432/irontrack"
address database-superuser-url "postgresql://postgres:$(<"$folder/postgres-password")@postgres:5432/irontrack"
address cache-url "redis://:$(<"$folder/cache-password")@valkey:6379/0"
