#!/usr/bin/env bash
# What the tests want from Debian: a browser, PostgreSQL, a Chinese font.
# Installs what is missing where it may; otherwise says loudly what is left out.
source "$(dirname "$0")/common.sh"

has_browser() { [ -x /usr/bin/chromium ]; }
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_font() { compgen -G '/usr/share/fonts/opentype/noto/Noto*CJK*' >/dev/null; }

want() { # want TEST PACKAGE WHAT-IS-LEFT-OUT
    "$1" && return
    debian_install "$2" && "$1" && return
    loudly "$2 is not here and can't be installed: $3"
}

want has_browser chromium "the browser journeys are LEFT OUT"
want has_postgresql postgresql "the database tests run on SQLite ONLY"
want has_font fonts-noto-cjk "Chinese is drawn as boxes in screenshots and PDFs"
