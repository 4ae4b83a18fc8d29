"""Backup and restore carry everything over, and refuse what isn't whole."""

from __future__ import annotations

import zipfile

import pytest

from factories.site import SMALL_CITY, fresh_site

pytestmark = pytest.mark.database


@pytest.fixture
def site(tmp_path):
    with fresh_site(tmp_path / "data", SMALL_CITY) as site:
        yield site


STORE = """
from datetime import UTC, datetime
from luodi.documents.actions import attach_evidence
attach_evidence(subject="measure:x", name="凭证.txt", data="示例".encode(),
    scope={"city": "shili"}, by="system:test", at=datetime(2026, 3, 3, tzinfo=UTC))
"""

LOOK = """
from luodi.documents.models import StoredFile
from luodi.documents.queries import content_of
from luodi.orgs.models import PersonDetails
print(content_of(StoredFile.objects.get()).decode(), PersonDetails.objects.count())
"""


def head_of(text: str) -> str:
    return text.split("head ")[1].split(",")[0].strip()


def test_a_backup_restores_into_an_empty_site(site, tmp_path):
    site.python(STORE)
    backup = tmp_path / "luodi.zip"
    made = site.luodi("backup", str(backup))
    assert made.returncode == 0, made.stderr
    with fresh_site(tmp_path / "other") as other:
        done = other.luodi("restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert head_of(done.stdout) == head_of(made.stdout)
        assert other.python(LOOK) == site.python(LOOK) == "示例 14"
        verified = other.luodi("audit", "verify", "--expect", head_of(made.stdout))
        assert verified.returncode == 0, verified.stdout
        again = other.luodi("restore", str(backup))
        assert again.returncode == 1
        assert "empty" in again.stderr
        other.python("from datetime import UTC, datetime\n"
                     "from luodi.orgs.actions import appoint\n"
                     "from luodi.orgs.models import Unit\n"
                     "appoint(name='示例-99', unit='shili', role='clerk', by='x',"
                     " at=datetime.now(UTC))")  # fmt: skip


def test_a_broken_backup_restores_nothing(site, tmp_path):
    backup = tmp_path / "luodi.zip"
    site.luodi("backup", str(backup))
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("orgs.posting.jsonl"):
                data = data.replace(b'"clerk"', b'"office"')
            new.writestr(name, data)
    with fresh_site(tmp_path / "other") as other:
        done = other.luodi("restore", str(broken))
        assert done.returncode == 1
        assert "broken" in done.stderr
        assert other.python("from luodi.audit.models import Act; print(Act.objects.count())") == "0"


def test_a_file_that_is_no_backup_is_refused_in_words(tmp_path):
    notes = tmp_path / "notes.zip"
    notes.write_bytes(b"not a zip")
    with fresh_site(tmp_path / "other") as other:
        done = other.luodi("restore", str(notes))
    assert done.returncode == 1
    assert "not a usable backup" in done.stderr
