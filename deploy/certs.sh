#!/usr/bin/env bash
# Makes a certificate for trying the stack, signed by an authority of its own, in deploy/certs (or the folder that is named):
# certificate.pem, certificate-key.pem, and authority.pem for those who shall trust it. What is there stays, also a real
# certificate that you put there. Needs openssl.
#
#   bash deploy/certs.sh HOST [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

host=${1:?usage: bash deploy/certs.sh HOST [FOLDER]}
folder=${2:-deploy/certs}
days=397

if [[ -s $folder/certificate.pem && -s $folder/certificate-key.pem ]]; then
    if openssl x509 -in "$folder/certificate.pem" -noout -checkend 86400 >/dev/null; then
        echo "$folder/certificate.pem stays as it is"
        exit
    fi
    # One that we have made is made anew; another one is not ours to replace.
    [[ -s $folder/authority.pem ]] || {
        echo "$folder/certificate.pem has expired, or does within a day: put the new one there" >&2
        exit 1
    }
fi

mkdir -p "$folder"
chmod 700 "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out "$1" 2>/dev/null; }

new_key "$work/authority-key.pem"
openssl req -x509 -new -key "$work/authority-key.pem" -days "$days" -subj "/CN=IronTrack test authority" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" -out "$work/authority.pem"

new_key "$work/certificate-key.pem"
openssl req -new -key "$work/certificate-key.pem" -subj "/CN=$host" -out "$work/request.pem"
cat >"$work/extensions" <<EXTENSIONS
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:$host,DNS:localhost,IP:127.0.0.1
EXTENSIONS
openssl x509 -req -in "$work/request.pem" -CA "$work/authority.pem" -CAkey "$work/authority-key.pem" -CAcreateserial \
    -days "$days" -extfile "$work/extensions" -out "$work/certificate.pem" 2>/dev/null

# The key of the authority is thrown away: nobody can sign anything else with it. The proxy reads its key as root, so
# nobody else needs to.
install -m 600 "$work/certificate-key.pem" "$folder/certificate-key.pem"
install -m 644 "$work/certificate.pem" "$work/authority.pem" "$folder/"
echo "made a certificate for $host in $folder; clients that shall trust it need $folder/authority.pem"
