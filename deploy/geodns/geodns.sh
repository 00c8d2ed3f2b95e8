#!/bin/sh
# Asks each region whether it is ready and tells Knot DNS which region answers for whom.
#
#   geodns.sh          asks again and again
#   geodns.sh once     asks once
#   geodns.sh render   asks nobody, only writes the files that Knot DNS needs to start
set -eu
PATH=$PATH:/usr/sbin # Where Debian keeps knotc.

tables=${GEODNS_TABLES:-/etc/knot/geodns}        # regions.txt, places.txt, subnets.txt
out=${GEODNS_OUT:-/var/lib/knot/geodns}          # what Knot DNS reads, and what we know of each region
socket=${GEODNS_SOCKET:-/run/knot/knot.sock}
zone=${GEODNS_ZONE:-example.com}
name=${GEODNS_NAME:-signaling.example.com}
mode=${GEODNS_MODE:-subnet}                      # as in knot.conf: subnet or geodb
interval=${GEODNS_INTERVAL:-5}                   # seconds between two rounds
patience=${GEODNS_PATIENCE:-2}                   # seconds that a region has for its answer
failures=${GEODNS_FAILURES:-3}                   # in a row, until a region is down
successes=${GEODNS_SUCCESSES:-2}                 # in a row, until it is up again

here=$(dirname "$0")

regions() { sed 's/#.*//' "$tables/regions.txt" | awk 'NF { print $1, $4 }'; }

# A region is "up" until it is known to be down; against counts the answers in a row that say otherwise.
recall() {
  state='' against=''
  if [ -e "$out/$1.state" ]; then read -r state against <"$out/$1.state" || true; fi
  state=${state:-up} against=${against:-0}
}

ask() {
  recall "$1"
  seen=down limit=$failures
  status=$(curl --silent --output /dev/null --max-time "$patience" --write-out '%{http_code}' "$2") || true
  if [ "$status" = 200 ]; then seen=up limit=$successes; fi
  if [ "$seen" = "$state" ]; then
    against=0
  else
    against=$((against + 1))
    if [ "$against" -ge "$limit" ]; then
      state=$seen against=0
      echo "$1 is $seen"
    fi
  fi
  echo "$state $against" >"$out/$1.state.$$" && mv "$out/$1.state.$$" "$out/$1.state"
}

# All at the same time, so that a region that does not answer holds up none of the others.
ask_all() {
  regions | {
    while read -r region url; do ask "$region" "$url" & done
    wait
  }
}

down() {
  regions | while read -r region url; do
    recall "$region"
    if [ "$state" = down ]; then printf '%s ' "$region"; fi
  done
}

render() {
  awk -f "$here/render.awk" -v mode="$1" -v name="$name" -v down="$2" \
    kind=region "$tables/regions.txt" kind=place "$tables/places.txt" kind=subnet "$tables/subnets.txt"
}

# Knot DNS sees the old file or the new one, never half of one.
replace() {
  if cmp -s "$1.$$" "$1"; then
    rm "$1.$$"
  else
    : >"$out/changed" && mv "$1.$$" "$1"
  fi
}

write() {
  down=$(down)
  # With nobody to send users to, an old answer is better than none: the readiness check may be what is broken.
  if [ "$(echo "$down" | wc -w)" -eq "$(regions | wc -l)" ] && [ -e "$out/geoip.conf" ]; then return; fi
  if render "$mode" "$down" >"$out/geoip.conf.$$" && render unknown "$down" >"$out/unknown.zone.$$"; then
    replace "$out/geoip.conf" && replace "$out/unknown.zone"
  else
    rm -f "$out/geoip.conf.$$" "$out/unknown.zone.$$"
    return 1
  fi
}

# Once with force for the module, once without for the zone: with force, Knot DNS does not see that an included file has changed.
# Repeated in the next round when it did not take them.
reload() {
  if [ ! -e "$out/changed" ]; then return; fi
  knotc -s "$socket" -f zone-reload "$zone" >/dev/null && knotc -s "$socket" zone-reload "$zone" >/dev/null && rm "$out/changed"
}

# What fails is told on standard error and tried again in the next round; until then Knot DNS goes on with what it has.
round() {
  ask_all
  write && reload || true
}

mkdir -p "$out"
case ${1:-watch} in
  render) write ;;
  once) round ;;
  watch)
    write
    while :; do
      round
      sleep "$interval"
    done
    ;;
  *)
    sed -n 's/^#   //p' "$0" >&2
    exit 2
    ;;
esac
