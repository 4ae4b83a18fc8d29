#!/usr/bin/env bash
# postgres.sh start|stop FOLDER: a private PostgreSQL for the tests, gone when they end.
# `start` prints its address. As root it runs as `postgres`, which initdb insists on.
source "$(dirname "$0")/common.sh"

verb=$1
folder=$2
as_owner=()
[ "$(id -u)" = 0 ] && as_owner=(runuser -u postgres --)

newest_bin() { compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -1; }

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
    local bin port
    bin=$(newest_bin) && [ -n "$bin" ] || exit 1
    port=$(free_port)
    mkdir -p "$folder"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    cd "$folder"
    "${as_owner[@]}" "$bin/initdb" -D "$folder/data" -U luodi -A trust -E UTF8 --locale=C.UTF-8 \
        --no-sync >&2 >/dev/null
    cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
CONF
    "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 start >/dev/null
    "${as_owner[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U luodi luodi
    echo "postgresql://luodi@127.0.0.1:$port/luodi"
}

stop() { # by its own process id, which the server wrote down
    local pid
    pid=$(head -1 "$folder/data/postmaster.pid" 2>/dev/null) || return 0
    kill -INT "$pid" 2>/dev/null || return 0
    for _ in $(seq 100); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -QUIT "$pid" 2>/dev/null || true
}

$verb
