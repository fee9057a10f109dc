#!/bin/sh
# Starts Claudometer in containers: a server, Prometheus, Grafana and an exporter of this machine.
#   ./start.sh              all of it
#   ./start.sh --exporter   only the exporter, for those who have a Prometheus
#   ./start.sh --stop       ends all that was started, or with --exporter only that; what was stored stays
set -eu
from=$PWD
cd "$(dirname "$0")/deploy"

fail() {
  echo "start.sh: $1" >&2
  exit 1
}

# GRAFANA_ADMIN_PASSWORD from the environment, else from deploy/.env, else typed now and kept there.
ask_for_password() {
  [ -n "${GRAFANA_ADMIN_PASSWORD:-}" ] && return
  grep -qs '^GRAFANA_ADMIN_PASSWORD=.' .env && return
  [ -t 0 ] || fail "Grafana needs a password: set GRAFANA_ADMIN_PASSWORD, or run this in a terminal and type one"
  printf 'A password for Grafana (user admin, at least 12 characters): ' >&2
  trap 'stty echo' EXIT
  stty -echo
  IFS= read -r password
  stty echo
  trap - EXIT
  echo >&2
  case $password in
    *\'*) fail "a password without ' please" ;;
    ????????????*) ;;
    *) fail "that has fewer than 12 characters" ;;
  esac
  (umask 077 && printf "GRAFANA_ADMIN_PASSWORD='%s'\n" "$password" >>.env)
}

# The directory keeps others on this machine out; the containers' users have to read the file itself.
make_token() {
  [ -s secrets/metrics-token ] && return
  (umask 077 && mkdir -p secrets)
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >secrets/metrics-token
  chmod 644 secrets/metrics-token
}

file=docker-compose.yml
stop=
for argument; do
  case $argument in
    --exporter) file=docker-compose.exporter.yml ;;
    --stop) stop=yes ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' ../start.sh && exit 0 ;;
    *) fail "'$argument' is not understood: --exporter, --stop, or nothing" ;;
  esac
done

docker compose version >/dev/null 2>&1 || fail "this needs Docker with Compose 2 (https://docs.docker.com/compose/install/)"
if [ -n "$stop" ]; then
  # what a stopped stack would ask for is of no interest
  export GRAFANA_ADMIN_PASSWORD="${GRAFANA_ADMIN_PASSWORD:-none}"
  docker compose -f docker-compose.exporter.yml down
  [ "$file" = docker-compose.exporter.yml ] || docker compose -f "$file" down
  exit 0
fi

CLAUDE_HOME=${CLAUDE_HOME:-${CLAUDE_CONFIG_DIR:-$HOME/.claude}}
# as the caller means it, who stands elsewhere
case $CLAUDE_HOME in
  /*) ;;
  *) CLAUDE_HOME=$from/$CLAUDE_HOME ;;
esac
[ -d "$CLAUDE_HOME/projects" ] || fail "there are no transcripts in $CLAUDE_HOME: run Claude Code once, or set CLAUDE_HOME"
CLAUDOMETER_USER=${CLAUDOMETER_USER:-$(id -u):$(id -g)}
# the server's own machine, as people know it
HOSTNAME=${HOSTNAME:-$(uname -n)}
export CLAUDE_HOME CLAUDOMETER_USER HOSTNAME

if [ "$file" = docker-compose.exporter.yml ]; then
  docker compose -f "$file" up -d --build
  echo "Exporter    http://localhost:9101/metrics"
  exit 0
fi

ask_for_password
make_token
docker compose -f "$file" up -d --build
cat <<'TEXT'
Claudometer http://localhost:3000   the set-up token is in: docker compose -f deploy/docker-compose.yml logs server
Grafana     http://localhost:3001   user admin
Prometheus  http://localhost:9090
TEXT
