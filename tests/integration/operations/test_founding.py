"""Beginning a real site from the command line."""

from __future__ import annotations

import re

import pytest

from factories.site import fresh_site

pytestmark = pytest.mark.database


@pytest.fixture
def site(tmp_path):
    with fresh_site(tmp_path / "data", begun="") as site:
        yield site


SIGN_IN = """
from django.contrib.auth import authenticate
from django.test import RequestFactory
request = RequestFactory().post("/sign-in/")
print(authenticate(request, username="sysadmin", password={password!r}) is not None)
"""


def test_a_city_begins_once_with_three_administrators(site):
    done = site.luodi("city", "found", "jincheng")
    assert done.returncode == 0, done.stderr
    password = re.search(r"sysadmin +(\S+)", done.stdout)[1]
    assert site.python(SIGN_IN.format(password=password)) == "True"
    again = site.luodi("city", "found", "jincheng")
    assert again.returncode == 1
    assert "已经建立" in again.stderr
    assert site.luodi("audit", "verify").returncode == 0


def test_a_pack_with_faults_is_refused_with_file_and_line(site, tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text("key: shili\nlevel: city\nname: 示例市\n")
    done = site.luodi("city", "found", str(folder))
    assert done.returncode == 1
    assert "pack.yaml" in done.stderr


def test_a_pack_that_is_not_there_names_those_that_are(site):
    done = site.luodi("city", "renew", "nowhere")
    assert done.returncode == 1
    assert "jincheng" in done.stderr


def test_a_zone_runs_its_own_rules_over_its_citys_and_gives_them_up(site):
    assert site.luodi("city", "found", "linfen").returncode == 0
    assert "luodi zone adopt" in site.luodi("city", "renew", "huozhou").stderr
    done = site.luodi("zone", "adopt", "huozhou")
    assert done.returncode == 0, done.stderr
    shown = site.luodi("zone", "withdraw", "linfen", "霍州经开区", "--why", "改用全市规则")
    assert shown.returncode == 0, shown.stderr
    assert "没有叫这个名称" in site.luodi("zone", "adopt", "jincheng-zone").stderr
    assert "lists no units" in site.luodi("city", "found", "example-three-limits").stderr
    assert site.luodi("audit", "verify").returncode == 0
