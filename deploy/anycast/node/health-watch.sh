#!/bin/sh
# Announces the service prefixes while the hub is ready, with GRACEFUL_SHUTDOWN while it is not, and not at all when it is gone.
# What is said is said again every second, and kept in files that bird.conf includes, so that a BIRD that is reconfigured or restarted goes on as it was.
set -u

url=${HEALTH_URL:-http://127.0.0.1:${PORT:-8080}/health/ready}
birdc=${BIRDC:-birdc}   # with options, such as "birdc -s /run/bird/bird.ctl"
state=${STATE:-/run/signaling}
rise=${RISE:-3}         # greens in a row before it is announced
fall=${FALL:-2}         # reds in a row, or refused connections, before that ends

greens=0 reds=0 refusals=0 said=''

tell() { # what the hub is, what to do with which protocols
  [ "$said" = "$1" ] || echo "the hub is $1"
  said=$1 action=$2
  shift 2
  for protocols; do
    keep "$action" "$state/$protocols.conf"
    $birdc "$action" "\"$protocols*\"" >/dev/null || echo "BIRD does not answer" >&2
  done
}

keep() { # action, file; never rewritten, since BIRD may be reading it
  if [ "$1" = disable ]; then rm -f "$2"
  elif ! [ -e "$2" ]; then echo 'disabled off;' >"$2"
  fi
}

# Nobody watches any more: connections stay, new ones go elsewhere.
trap 'tell unwatched disable ready; exit 0' INT TERM

mkdir -p "$state"
while :; do
  answer=$(curl --silent --output /dev/null --max-time 1 --write-out '%{http_code}' "$url")
  case $?:$answer in
    0:200) greens=$((greens + 1)) reds=0 refusals=0 ;;
    7:*) greens=0 reds=$((reds + 1)) refusals=$((refusals + 1)) ;; # Nobody listens: its connections are gone, too.
    *) greens=0 reds=$((reds + 1)) refusals=0 ;;                    # No, or no answer in time: it may still hold connections.
  esac

  if [ "$greens" -ge "$rise" ]; then tell ready enable ready alive
  elif [ "$refusals" -ge "$fall" ]; then tell gone disable alive ready
  elif [ "$reds" -ge "$fall" ]; then tell draining disable ready
  fi
  sleep 1 &
  wait $! # A signal ends a wait at once, but not a sleep.
done
