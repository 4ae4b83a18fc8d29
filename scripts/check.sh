#!/usr/bin/env bash
# make check: the rules of the house. Runs them all, then fails if any of them failed.
source "$(dirname "$0")/common.sh"

bin=.venv/bin
failed=()

check() { # check TITLE COMMAND...
    local title=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf 'ok      %s\n' "$title"
    else
        printf 'FAILED  %s\n%s\n\n' "$title" "$output"
        failed+=("$title")
    fi
}

locks_without_addresses() {
    ! grep -nE 'https?://|index-url|find-links' requirements/*.lock
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DJANGO_SETTINGS_MODULE=luodi.config.settings LUODI_TESTING=1
export LUODI_DATA=$scratch LUODI_SECRET_KEY=checks
check "format" $bin/ruff format --check --output-format concise src tests scripts bench
check "lint" $bin/ruff check --output-format concise src tests scripts bench
check "layers, anatomy, purity of the kit (.importlinter)" $bin/lint-imports --no-logo
check "types of kit and packs" $bin/mypy -p luodi.kit -p luodi.packs
check "migrations are up to date" $bin/python -m django makemigrations --check --dry-run
check "generated docs are up to date (make docs)" $bin/python scripts/generate_docs.py --check
check "results of the benchmark are up to date (make docs)" \
    $bin/python scripts/benchmark_results.py --check
check "lock files name no address" locks_without_addresses
check "architecture" $bin/python -m pytest -q -p no:cacheprovider tests/unit/architecture

if [ ${#failed[@]} -gt 0 ]; then
    printf 'make check: %d failed: %s\n' ${#failed[@]} "$(IFS=';'; echo "${failed[*]}")"
    exit 1
fi
echo "make check: all good"
