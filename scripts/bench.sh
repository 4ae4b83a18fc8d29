#!/usr/bin/env bash
# bench.sh [--quick]: every bench of this version, as ratios against its yardstick.
source "$(dirname "$0")/common.sh"

for name in ${BENCHES:-reading ledger statistics projects assessment services}; do
    say "bench $name $*"
    .venv/bin/luodi bench "$name" "$@" --format json
done
