"""Files that can't be taken, through a real server: a sentence, bounded memory, nothing kept."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from pathlib import Path

import psutil
import pytest

from factories.city import PASSWORD
from factories.pdfs import locked_pdf
from factories.site import SMALL_CITY, Browser, Site, fresh_site

pytestmark = pytest.mark.database

MB = 1024 * 1024
LARGE = os.environ.get("LUODI_TEST_SIZE") == "full"
BIG = (200 if LARGE else 64) * MB
MOST_GROWTH = 120 * MB
BOUNDARY = "-----------------------------grenze"


def bomb() -> bytes:
    """A docx whose text unpacks to 400 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        with pack.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * MB)
    return out.getvalue()


REFUSED = {
    "empty": ("空.txt", lambda: b"", "空"),
    "too big": ("大.txt", lambda: b"x" * BIG, "上限"),
}

LATER = {
    "locked": ("锁.pdf", locked_pdf, "密码"),
    "bomb": ("炸.docx", bomb, "异常巨大"),
    "secret": ("密.txt", lambda: "秘密★3年\n\n关于示例的通知\n\n一、要求。".encode(), "密级"),
    "binary": ("程序.txt", lambda: bytes(range(256)) * 400, "不是文本"),
    "program": ("程序.docx", lambda: b"MZ\x90\x00" + b"\x00" * 5000, "。"),
    "broken": ("坏.docx", lambda: b"PK\x03\x04" + b"\x00" * 500, "。"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with fresh_site(tmp_path_factory.mktemp("site") / "data", SMALL_CITY) as site:
        os.environ["TMPDIR"], before = str(site.data), os.environ.get("TMPDIR")
        try:
            site.start("--no-worker")
            yield site
        finally:
            site.end(signal.SIGKILL)
            os.environ.pop("TMPDIR")
            os.environ |= {"TMPDIR": before} if before else {}


@pytest.fixture(scope="module")
def office(site) -> Browser:
    browser = Browser(site.port)
    browser.sign_in("shili-office", PASSWORD)
    return browser


def send(browser: Browser, path: str, name: str, data: bytes) -> tuple[int, str]:
    """A file through the import form, as a browser sends it."""
    part = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        f"{browser.token}\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; "
        f'name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    body = part.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    cookies = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    browser.link.request("POST", path, body, {"Cookie": cookies, "Content-Type": kind})
    answer = browser.link.getresponse()
    return answer.status, answer.read().decode() + answer.headers.get("Location", "")


def memory(site: Site) -> int:
    """Bytes held by the server's processes."""
    assert site.server
    family = [psutil.Process(site.server.pid), *psutil.Process(site.server.pid).children(True)]
    return sum(one.memory_info().rss for one in family)


def kept(data: Path) -> list[str]:
    """Files beside the database: nothing of a refused upload may be left."""
    folders = [data / "files", data / "spool"]
    found = [str(path) for folder in folders for path in folder.rglob("*") if path.is_file()]
    return found + [str(path) for path in data.glob("*.upload*")]


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_be_refused_at_once_is_refused_in_words(site, office, case):
    name, data, word = REFUSED[case]
    before = memory(site)
    status, page = send(office, "/documents/import/", name, data())
    assert status == 422 and word in page
    assert memory(site) - before < MOST_GROWTH
    assert kept(site.data) == []


IMPORT = """
import resource, sys
from pathlib import Path
from factories.at_once import AT, founded
from luodi.audit.models import Act
from luodi.common.refusals import Refusal
from luodi.documents.models import StoredFile
from luodi.reading.actions import import_document
from factories.reading import quiet
city, before = founded(), Act.objects.count()
grown = -resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    import_document(name={name!r}, data=Path({path!r}).read_bytes(), city=city.key,
        progress=quiet, by=city.people["office"], at=AT)
    print("taken")
except Refusal as refusal:
    print(refusal.sentence)
grown += resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(Act.objects.count() - before, StoredFile.objects.count(), grown // 1024)
"""


@pytest.mark.parametrize("case", LATER)
def test_what_the_reader_refuses_leaves_nothing_and_little_memory(site, tmp_path, case):
    name, data, word = LATER[case]
    path = tmp_path / "data"
    path.write_bytes(data())
    *said, last = site.python(IMPORT.format(name=name, path=str(path))).splitlines()
    acts, files, grown = map(int, last.split())
    assert word in "".join(said) and said != ["taken"]
    assert acts == files == 0 and grown < MOST_GROWTH // MB
    assert kept(site.data) == []


def test_a_plan_without_measures_is_read_and_says_so(site):
    code = IMPORT.format(name="无.txt", path=str(site.data / "plain"))
    (site.data / "plain").write_text("关于放假的通知\n\n各单位：\n现将放假安排通知如下。\n")
    said, last = site.python(code).splitlines()
    assert said == "taken" and last.split()[:2] == ["1", "1"]
