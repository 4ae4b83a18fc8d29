#!/usr/bin/env bash
# Writes requirements/*.lock from pyproject.toml: exact versions with hashes, no addresses.
source "$(dirname "$0")/common.sh"

uv=$(command -v .venv/bin/uv || command -v uv) || refuse "uv is needed (pip install uv)"

lock() { # lock NAME ARGUMENTS...
    local name=$1
    shift
    "$uv" pip compile -q --generate-hashes --no-emit-index-url --no-header \
        --python-version 3.11 "$@" -o "requirements/$name.lock"
    say "wrote requirements/$name.lock"
}

lock run pyproject.toml
lock test --extra test -c requirements/run.lock pyproject.toml
lock ocr --extra ocr -c requirements/test.lock pyproject.toml
lock distributed --extra distributed -c requirements/run.lock pyproject.toml
lock build -c requirements/test.lock requirements/build.in
