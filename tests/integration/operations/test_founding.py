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


WESTERN = """key: western
level: zone
name: 霍州经开区
name_en: Huozhou zone
stacks_over: [{over}]
"""
MENDED = """defaults:
  owner: {body: zone, name: 霍州经开区}
  kind: rule
  source: 示例
rules:
  - {key: west-office, name: 示例西区办公室, name_en: Western office, type: subordinate,
     parent: houma-zone}
"""


def test_a_zones_folder_stands_on_its_citys_own_packs_or_says_what_is_missing(site, tmp_path):
    """Units of the city's pack are known to it; another zone than the one it names is warned."""
    folder = tmp_path / "west"
    folder.mkdir()
    assert site.luodi("city", "found", "linfen").returncode == 0
    (folder / "pack.yaml").write_text(WESTERN.format(over="nowhere"))
    done = site.luodi("zone", "adopt", str(folder), "--city", "linfen")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "nowhere" in done.stderr
    (folder / "pack.yaml").write_text(WESTERN.format(over="linfen"))
    (folder / "units.yaml").write_text(MENDED)
    done = site.luodi("zone", "adopt", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    done = site.luodi("zone", "adopt", str(folder), "--zone", "侯马开发区")
    assert done.returncode == 0
    assert "规则包写的是“霍州经开区”" in done.stderr
