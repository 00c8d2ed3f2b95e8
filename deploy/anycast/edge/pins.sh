#!/bin/sh
# Keeps every connection on the node that it began on, whatever BGP says of new ones: the first packet's next hop becomes the connection's mark, and the mark leads to
# that node's own routing table, filled by BIRD. Once the node announces nothing any more, its table is empty and the main one decides.
# The arguments are "TABLE IPV4 IPV6" per node: its kernel table in neighbours.conf and its addresses on the link.
#   pins.sh "101 10.1.1.2 fd00:1:1::2" "102 10.1.2.2 fd00:1:2::2"
set -eu

service4=${SERVICE4:-192.0.2.0/24}
service6=${SERVICE6:-2001:db8::/48}

sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
sysctl -qw net.ipv4.fib_multipath_hash_policy=1 net.ipv6.fib_multipath_hash_policy=1  # New connections are spread by ports, too.
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0            # The way back may be another.

pins4='' pins6=''
for node; do
  set -- $node
  pins4="$pins4 $2 : $1,"
  pins6="$pins6 $3 : $1,"
  for family in -4 -6; do
    ip $family rule del fwmark "$1" lookup "$1" 2>/dev/null || true
    ip $family rule add fwmark "$1" lookup "$1"
  done
done

nft -f - <<RULES
table inet anycast
delete table inet anycast
table inet anycast {
  chain recall {
    type filter hook prerouting priority mangle
    ct direction original ct mark != 0 meta mark set ct mark
  }
  chain pin {
    type filter hook forward priority mangle
    ip daddr $service4 ct mark 0 ct mark set rt ip nexthop map {${pins4%,} }
    ip6 daddr $service6 ct mark 0 ct mark set rt ip6 nexthop map {${pins6%,} }
  }
}
RULES
