"""Pages are drawn by a process of their own, bounded in time."""

from __future__ import annotations

import time

import pytest

from factories.pdfs import Sheet, pdf
from luodi.common.drawing import draw_page

CURVES = b"".join(
    b"%d %d m %d %d %d %d %d %d c S\n" % (n % 600, n % 800, n % 7, 800, 300, n % 9, 500, n % 700)
    for n in range(60_000)
)


def test_a_page_is_drawn_as_a_picture():
    assert draw_page(pdf(["甲"]), 0, 0.5).startswith(b"\x89PNG")


@pytest.mark.parametrize(("data", "page"), [(pdf(["甲"]), 1), (pdf(["甲"]), -1), (b"%PDF-", 0)])
def test_what_cannot_be_drawn_is_said(data, page):
    with pytest.raises(ValueError, match="can't be drawn"):
        draw_page(data, page, 1.0)


def test_a_page_that_takes_too_long_is_given_up():
    began = time.monotonic()
    with pytest.raises(ValueError, match="longer than"):
        draw_page(pdf([Sheet([(10, 10, "甲")], CURVES)]), 0, 3.0, limit=0.5)
    assert time.monotonic() - began < 5
