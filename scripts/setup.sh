#!/usr/bin/env bash
# setup.sh run|test: the virtualenv from the lock, the product in it, the message catalogues.
# A stamp per lock and place is left behind, so that a second run fetches nothing.
source "$(dirname "$0")/common.sh"

profile=${1:-run}
python=${PYTHON:-python3}
stamps=.venv/stamps

has_python() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

create_virtualenv() {
    if [ ! -x .venv/bin/python ] || ! has_python .venv/bin/python; then
        has_python "$python" || refuse "Python 3.11 or later is needed (set PYTHON=/path/to/it)"
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            debian_install python3-venv || refuse "please install python3-venv"
        fi
        say "creating .venv"
        "$python" -m venv --clear .venv
    fi
    mkdir -p $stamps
}

digest_of() { cat "$@" | sha256sum | cut -c1-16; }

once() { # once NAME DIGEST COMMAND...: skips what was done for the same digest
    local stamp="$stamps/$1" digest=$2
    shift 2
    [ "$(cat "$stamp" 2>/dev/null || true)" = "$digest" ] && return
    rm -f "$stamp"
    "$@"
    echo "$digest" >"$stamp"
}

from_lock() {
    say "installing from $1"
    .venv/bin/python -m pip install -q --require-hashes --no-deps -r "$1"
}

the_product() {
    say "installing luodi itself"
    .venv/bin/python -m pip install -q --no-deps --no-build-isolation --no-index -e .
}

create_virtualenv
once build "$(digest_of requirements/build.lock)" from_lock requirements/build.lock
once "$profile" "$(digest_of "requirements/$profile.lock")" from_lock "requirements/$profile.lock"
once luodi "$(digest_of pyproject.toml <(pwd))" the_product
.venv/bin/python scripts/catalogues.py compile
[ -x .venv/bin/luodi ] || refuse "the command .venv/bin/luodi was not made"
