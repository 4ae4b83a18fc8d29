"""A figure on the map that the pack gives, with the same figures as a table."""

from __future__ import annotations

from datetime import date

from django.test import Client

from factories.city import MAKER, PASSWORD
from factories.figures import defined, reported
from luodi.analysis.queries.maps import shaded
from luodi.analysis.rules.answers import Answer, missing
from luodi.common.charts import Area, area_map
from luodi.orgs.actions import appoint, found_city, open_account
from luodi.orgs.choices import Role
from luodi.orgs.models import UnitState
from luodi.orgs.rules import units_in
from luodi.packs import resolve


def test_answers_fall_into_five_equal_steps_and_what_is_missing_into_none():
    answers = {str(n): Answer(n * 10, 1) for n in range(11)} | {
        "none": missing("x", "没有", "none")
    }
    found = shaded(answers)
    assert [found[str(n)] for n in (0, 1, 2, 9, 10)] == [0, 0, 1, 4, 4] and found["none"] is None
    assert shaded({"a": Answer(5)}) == {"a": 0}


def test_a_map_keeps_its_proportions_and_escapes_its_words():
    square = [[(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0), (0.0, 0.0)]]
    drawn = area_map("图", [Area("<甲>", "1", square, 2), Area("乙", "—", square, None)])
    assert "&lt;甲&gt;" in drawn and "shade-2" in drawn and "shade-none" in drawn
    assert 'viewBox="0 0 640 336"' in drawn and "style=" not in drawn
    assert area_map("图", []) == ""


def test_a_pack_gives_the_map_and_the_pivot_draws_it(db, at, settings, city, sign_in):
    stack = resolve("jincheng")
    found_city(
        key="real", pack=stack.content(), units=units_in(stack, date(2026, 3, 1)), by=MAKER, at=at
    )
    units = dict(UnitState.objects.open().filter(of__city="real").values_list("name", "of"))
    person = appoint(
        name="示例-90", unit=units["晋城市统计局"], role=Role.STATISTICIAN, by=MAKER, at=at,
        generated=True,
    )  # fmt: skip
    account = open_account(username="map", password=PASSWORD, person=person.key, by=MAKER, at=at)
    city.key, city.units, city.people["clerk"] = "real", units, person.key
    key = defined(city, at, "产值")
    for unit, figure in {"泽州县人民政府": "10", "高平市人民政府": "50"}.items():
        reported(city, at, unit, "2026-01", {key: figure})
    client = Client()
    client.force_login(account, backend="luodi.config.backends.AccountBackend")
    address = f"/analysis/pivot/?indicator={key}&from=2026-01&to=2026-01"
    page = client.get(f"{address}&draw=map").content.decode()
    assert "shade-4" in page and "shade-0" in page and "shade-none" in page
    assert "不是地界" in page and "50.00" in page and "沁水县" in page
    assert "画成地图" in client.get(address).content.decode()
    other = defined(city, at, "没有数的")
    assert client.get(f"/analysis/pivot/?indicator={other}&draw=map").status_code == 200
