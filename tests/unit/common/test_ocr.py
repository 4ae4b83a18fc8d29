"""The recogniser behind the extra `ocr`: found where it is installed, silent towards the net."""

from __future__ import annotations

import io
import math
import os
import socket
import subprocess
import sys

import pytest

import luodi
from factories.scans import IMAGE, RECORDED, TEXT, scanned_pdf
from luodi.common import ocr
from luodi.kit.readers import read

installed = pytest.mark.skipif(
    ocr.recogniser() is None, reason="the extra ocr isn't installed: make proof installs it"
)
ENTRIES = ("luodi", "luodi.cli", "luodi.config.settings", "luodi.config.wsgi", "luodi.kit.readers")


def test_without_the_extra_there_is_no_recogniser(monkeypatch):
    monkeypatch.setattr(ocr, "NEEDED", ("no_such_module",))
    assert ocr.recogniser() is None


def test_telemetry_is_off_at_every_entry_point(tmp_path):
    assert luodi.__file__
    for entry in ENTRIES:
        code = f"import {entry}, os; print(os.environ['ORT_DISABLE_TELEMETRY'])"
        left = {key: value for key, value in os.environ.items() if key != "ORT_DISABLE_TELEMETRY"}
        said = subprocess.run(
            [sys.executable, "-c", code], env=left | {"HOME": str(tmp_path)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert said.stdout.strip() == "1", entry


@installed
@pytest.mark.ocr
def test_the_engine_says_what_was_recorded():
    (seen,) = ocr.recognise(IMAGE)
    lines = seen.lines
    assert (seen.width, seen.height) == (1754, 768)
    assert [line.text.replace(")", "）") for line in lines] == [
        text.replace(")", "）") for text, _, _ in RECORDED
    ]
    for line, (_, box, confidence) in zip(lines, RECORDED, strict=True):
        assert line.box == pytest.approx(box, abs=0.02)
        assert line.confidence == pytest.approx(confidence, abs=0.1)


@installed
@pytest.mark.ocr
def test_a_scanned_page_is_read_without_the_net(monkeypatch):
    def refuse(*_):
        raise AssertionError("asked the net")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    ocr._engine.cache_clear()
    source, _ = read("a.pdf", scanned_pdf(), recognise=ocr.recogniser())
    assert "".join(source.text.split()) == "".join(TEXT.split())


@installed
@pytest.mark.ocr
def test_recognising_leaves_no_folder(tmp_path):
    code = (
        "import sys; from luodi.common.ocr import recognise;"
        "print(len(recognise(open(sys.argv[1], 'rb').read())[0].lines))"
    )
    picture = tmp_path / "page.png"
    picture.write_bytes(IMAGE)
    home = tmp_path / "home"
    home.mkdir()
    left = {key: value for key, value in os.environ.items() if not key.startswith(("ORT_", "XDG_"))}
    subprocess.run(
        [sys.executable, "-c", code, str(picture)],
        env=left | {"HOME": str(home)}, cwd=home, check=True, capture_output=True,
    )  # fmt: skip
    assert list(home.iterdir()) == []


@installed
@pytest.mark.ocr
@pytest.mark.parametrize("turn", [0.0, 1.2])
def test_ruled_lines_are_seen_on_a_page_laid_askew(turn):
    from PIL import Image, ImageDraw

    page = Image.open(io.BytesIO(IMAGE)).convert("L")
    draw = ImageDraw.Draw(page)
    for y in (560, 640, 720):
        draw.line((80, y, 1650, y), 0, 3)
    for x in (80, 860, 1650):
        draw.line((x, 560, x, 720), 0, 3)
    out = io.BytesIO()
    page.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255).save(out, "PNG")
    (seen,) = ocr.recognise(out.getvalue())
    assert math.degrees(seen.turn) == pytest.approx(-turn, abs=0.3)
    rows = [y for y, a, b in sorted(seen.across) if b - a > 0.8]
    columns = [x for x, a, b in sorted(seen.down) if b - a > 0.15]
    assert rows == pytest.approx([560 / 768, 640 / 768, 720 / 768], abs=0.02)
    assert columns == pytest.approx([80 / 1754, 860 / 1754, 1650 / 1754], abs=0.02)


@installed
@pytest.mark.ocr
def test_frames_are_pages_and_what_is_no_image_is_refused():
    from PIL import Image

    out = io.BytesIO()
    page = Image.open(io.BytesIO(IMAGE)).convert("L").resize((877, 384))
    page.save(out, "TIFF", save_all=True, append_images=[Image.new("L", (400, 300), 255)])
    first, second = ocr.recognise(out.getvalue())
    assert first.lines
    assert not second.lines
    source, (problem,) = read("a.png", b"\x89PNG\r\n\x1a\nbroken", recognise=ocr.recogniser())
    assert (source, problem.code) == (None, "source.damaged")


@installed
@pytest.mark.ocr
def test_an_image_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(ocr, "MOST_PIXELS", 1000)
    source, (problem,) = read("a.png", IMAGE, recognise=ocr.recogniser())
    assert (source, problem.code) == (None, "source.damaged")
