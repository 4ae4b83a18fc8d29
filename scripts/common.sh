# Sourced by the other scripts: the project's root, and a few words to speak with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUTF8=1 LC_ALL=C.UTF-8
export ORT_DISABLE_TELEMETRY=1

say() { printf '== %s\n' "$*"; }

loudly() { # something is left out: nobody may overlook it
    printf '\n%s\n!! %s\n%s\n\n' "${rule:=$(printf '!%.0s' {1..78})}" "$*" "$rule" >&2
}

refuse() {
    printf 'Cannot go on: %s\n' "$*" >&2
    exit 1
}

as_root() { # runs a command as root where we are root or may become it without a password
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

apt_options=(-qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Dpkg::Use-Pty=0)

debian_has() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

debian_install() { # one package; the package lists are fetched once a run
    may_install || return 1
    if [ -z "${apt_lists_fetched:-}" ]; then
        apt_lists_fetched=1
        as_root timeout 180 apt-get "${apt_options[@]}" update >/dev/null 2>&1 || true
    fi
    say "installing $1 from Debian"
    as_root env DEBIAN_FRONTEND=noninteractive timeout 600 \
        apt-get "${apt_options[@]}" install -y --no-install-recommends "$1" >/dev/null 2>&1
}
