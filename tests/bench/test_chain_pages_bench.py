"""The bench of chain pages stores what it says and opens every page over it."""

from __future__ import annotations

import pytest

from luodi.audit.queries import verify
from luodi.chain.models import Product, Supply
from luodi.cli import bench_services, chain_site

pytestmark = pytest.mark.django_db(databases="__all__")


def test_every_page_opens_over_the_stored_chain(monkeypatch) -> None:
    sizes = {"PRODUCTS": 60, "SUPPLIES": 90, "FIRMS": 40, "SEGMENTS": 6}
    for name, size in sizes.items():
        monkeypatch.setattr(chain_site, name, size)
    told = chain_site.store()
    assert (Product.objects.count(), Supply.objects.count()) == (60, 90)
    assert not verify().breaks, "the acts seal what was stored in bulk"
    figures = {one["name"]: one for one in chain_site.measure(False, *told)}
    assert figures["chain_page_seconds"]["goal"] == 2
    assert "view_applications" in figures["chain_page_seconds"]["yardstick"]
    assert "60 products, 90 supplies, 40 firms" in figures["chain_page_queries"]["size"]
    assert figures["chain_sheet_seconds"]["value"] > 0
    assert ("luodi.cli.bench_chain", "pages") in bench_services.PARTS
