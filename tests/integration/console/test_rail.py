"""The rail marks the room one is in, also deep inside it."""

from __future__ import annotations

import re

import pytest

from factories import plans

pytestmark = pytest.mark.django_db(databases="__all__")


def marked(response) -> list[tuple[str, str]]:
    """Address and kind of mark of the rail's marked lines."""
    rail = re.search(r'<nav class="rail".*?</nav>', response.content.decode(), re.DOTALL)
    return re.findall(r'href="([^"]+)" aria-current="(\w+)"', rail.group(0))


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/", ("/", "page")),
        ("/projects/", ("/projects/", "page")),
        ("/projects/gates/", ("/projects/", "true")),
        ("/ledger/all/", ("/ledger/", "true")),
        ("/supervision/", ("/supervision/", "page")),
    ],
)
def test_one_room_is_marked(sign_in, path, mark):
    assert marked(sign_in("office").get(path)) == [mark]


def test_a_page_with_an_address_of_its_own_is_in_the_room_of_its_module(city, at, sign_in):
    plan = plans.adopted_plan(city, at)
    measure = plan.measures.first()
    assert marked(sign_in("office").get(f"/measure/{measure.key}/")) == [("/plans/", "true")]


def test_no_room_is_marked_where_the_page_is_in_none(sign_in):
    assert marked(sign_in("office").get("/search/?q=示例")) == []
