#!/bin/sh
# Starts coturn with turnserver.conf, site.conf and the secrets in one file that only its user can read: coturn knows no include, and arguments can be read by everybody.
#
#   start.sh [SITE]    SITE: the site's file in the configuration folder, site.conf unless said otherwise
#
# Of systemd: CONFIGURATION_DIRECTORY, RUNTIME_DIRECTORY, and CREDENTIALS_DIRECTORY with "secrets": one a line; one is enough, a second is for the days of a rotation.
set -eu

here=$(dirname "$0")
site=$CONFIGURATION_DIRECTORY/${1:-site.conf}
secrets=$CREDENTIALS_DIRECTORY/secrets
all=$RUNTIME_DIRECTORY/turnserver.conf

fail() {
  echo "$1" >&2
  exit 78 # EX_CONFIG
}

value() { sed -n "s/^$1=//p" "$site" | head -n 1; }

[ -s "$secrets" ] || fail "$secrets is missing or empty"
awk 'length < 32 || length > 127 || /[^A-Za-z0-9+\/=_-]/ { bad = 1 } END { exit bad }' "$secrets" ||
  fail "$secrets: a secret has 32 to 127 characters of A-Z a-z 0-9 + / = _ -"
# What is missing coturn finds or leaves out by itself: any address to relay from, private and IPv6 ones too, and no TLS.
for name in realm listening-ip relay-ip min-port max-port cert pkey; do
  [ -n "$(value "$name")" ] || fail "$site has no $name"
done
for name in cert pkey; do
  [ -r "$(value "$name")" ] || fail "$(value "$name") cannot be read"
done

umask 077
{
  cat "$here/turnserver.conf" "$site"
  echo
  sed 's/^/static-auth-secret=/' "$secrets"
} >"$all"
exec turnserver -c "$all"
