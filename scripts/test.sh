#!/usr/bin/env bash
# test.sh [full]: checks, then every test on SQLite, then the database tests on PostgreSQL.
# As root the tests run as `nobody`, PostgreSQL as `postgres`: permissions count for both.
source "$(dirname "$0")/common.sh"

size=${1:-small}
workers=${LUODI_TEST_WORKERS:-2}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/luodi-test.XXXXXX")
chmod 755 "$scratch"
summary=()
status=0

finish() {
    scripts/postgres.sh stop "$scratch/pg" || true
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT TERM

as_tester=()
step_down() { # become `nobody` for the tests where that user can read the tree
    [ "$(id -u)" = 0 ] && [ -z "${LUODI_TEST_AS_ROOT:-}" ] || return 0
    command -v runuser >/dev/null || return 0
    if runuser -u nobody -- .venv/bin/python -c 'import luodi, pytest' 2>/dev/null; then
        as_tester=(runuser -u nobody --)
        chown nobody "$scratch"/{home,tmp,data}
        mkdir -p tests/browser/shots && chown -R nobody tests/browser/shots
    else
        loudly "user nobody can't read this folder: the tests run as root"
    fi
}

run_pytest() { # run_pytest TITLE ARGUMENTS...
    local title=$1 code=0
    shift
    say "$title"
    "${as_tester[@]}" env LUODI_TESTING=1 LUODI_DATA="$scratch/data" LUODI_SECRET_KEY=tests \
        HOME="$scratch/home" TMPDIR="$scratch/tmp" PYTHONPATH=tests \
        PYTHONDONTWRITEBYTECODE=1 HYPOTHESIS_STORAGE_DIRECTORY="$scratch/home/hypothesis" \
        LUODI_TEST_SIZE="$size" ${database:+LUODI_DATABASE="$database"} \
        .venv/bin/python -m pytest -p no:cacheprovider --durations=5 "$@" \
        > >(tee "$scratch/output") 2>&1 || code=$?
    sleep 0.2
    [ $code = 5 ] && code=0 # nothing was collected
    [ $code = 0 ] || status=1
    summary+=("$title: $(grep -E '^=+ .* in [0-9.]+' "$scratch/output" | tail -1 | tr -d '=')")
}

mkdir -p "$scratch"/{home,tmp,data}
scripts/system-packages.sh
scripts/setup.sh test
if [ "$size" = full ]; then
    scripts/setup.sh ocr || loudly "the extra ocr can't be installed: recognising is NOT tested"
    scripts/setup.sh distributed || loudly "the extra distributed can't be installed: NO Spark"
    command -v java >/dev/null || debian_install openjdk-17-jre-headless \
        || loudly "there is no Java: the distributed engine is LEFT OUT"
fi
[ "$size" = small ] && sizes=(-m "not slow") || sizes=()
[ "$size" = small ] && sizes_pg=(-m "not slow and not browser") || sizes_pg=(-m "not browser")
step_down

say "make check"
scripts/check.sh || status=1

database=
run_pytest "SQLite" -n "$workers" --dist loadgroup "${sizes[@]}" --ignore tests/browser \
    --ignore tests/unit/architecture
run_pytest "browser" -n "$workers" --dist loadfile "${sizes[@]}" tests/browser

if database=$(scripts/postgres.sh start "$scratch/pg"); then
    run_pytest "PostgreSQL" -n "$workers" --dist loadgroup -p database_only "${sizes_pg[@]}"
else
    loudly "no PostgreSQL: the database tests ran on SQLite ONLY"
    summary+=("PostgreSQL: LEFT OUT")
fi
[ "$size" = small ] || scripts/bench.sh || status=1

counted() { # how many tests of all runs ended in one way
    printf '%s\n' "${summary[@]}" | grep -oE "[0-9]+ $1" | awk '{ n += $1 } END { print n + 0 }'
}

printf '\n'
printf '%s\n' "${summary[@]}"
[ $status = 0 ] && echo "make test: passed" || echo "make test: FAILED"
printf '%s passed, %s failed, %s errors, %s skipped in %ss\n' "$(counted passed)" \
    "$(counted failed)" "$(counted error)" "$(counted skipped)" "$SECONDS"
exit $status
