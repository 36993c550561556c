#!/usr/bin/env bash
# A throwaway PostgreSQL for the tests: on loopback, on a free port, in a folder of its own.
#
#   tools/postgres.sh start DIR   starts one in the new folder DIR and prints its URL
#   tools/postgres.sh stop DIR    stops it and removes DIR
#
# PostgreSQL refuses to run as root, so root hands the folder to the user `postgres`.
set -euo pipefail

as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

programs() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  if [ -x "$found/initdb" ]; then echo "$found"; return; fi
  if command -v initdb >/dev/null; then dirname "$(command -v initdb)"; return; fi
  echo "PostgreSQL is missing: apt-get install postgresql" >&2
  exit 1
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
  local dir=$1 bin port password
  bin=$(programs)
  port=$(free_port)
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  mkdir -p "$dir"
  chmod 700 "$dir"
  (umask 077; printf '%s\n' "$password" >"$dir/password")
  if [ "$(id -u)" = 0 ]; then chown -R postgres "$dir"; fi
  # No locale surprises, and no flush to disk: these rows live for one test run.
  # (--no-locale sorts by bytes, as SQLite does; cd because the server's user may not see this folder.)
  cd "$dir"
  as_server "$bin/initdb" --pgdata="$dir/data" --username=guardbook --pwfile="$dir/password" \
    --auth=scram-sha-256 --encoding=UTF8 --no-locale --no-sync >"$dir/initdb.log" 2>&1 \
    || { cat "$dir/initdb.log" >&2; exit 1; }
  as_server "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" --wait --silent start \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dir -c fsync=off -c max_connections=200" \
    >&2 || { cat "$dir/server.log" >&2; exit 1; }
  PGPASSWORD=$password "$bin/psql" --quiet --host=127.0.0.1 --port="$port" --username=guardbook --dbname=postgres \
    --command='CREATE DATABASE guardbook' >&2
  echo "postgres://guardbook:$password@127.0.0.1:$port/guardbook"
}

stop() {
  local dir=$1
  if [ -f "$dir/data/postmaster.pid" ]; then
    (cd "$dir" && as_server "$(programs)/pg_ctl" --pgdata="$dir/data" --mode=immediate --silent stop) || true
  fi
  rm -rf -- "$dir"
}

case "${1:-} ${2:-}" in
  'start /'*) start "$2" ;;
  'stop /'*) stop "$2" ;;
  *) echo "usage: tools/postgres.sh start|stop /ABSOLUTE/FOLDER" >&2; exit 2 ;;
esac
