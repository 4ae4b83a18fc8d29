"""A release is a position: what was published stays what it was, open data shows no small cell."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from factories.figures import defined, enterprise_rows, reported
from luodi.analysis.actions import open_to_all, release_figures, withdraw_release
from luodi.analysis.choices import Basis
from luodi.analysis.models import Release
from luodi.analysis.queries.releases import last_position, vintage
from luodi.audit.queries import moment_at
from luodi.common.doors import facts
from luodi.common.refusals import Closed, Incomplete, NotAllowed, NotFound
from luodi.indicators.choices import OverUnits, Purpose
from luodi.indicators.models import Value

GEN = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic}"
STR = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure}"


@pytest.fixture
def output(city, at) -> str:
    key = defined(city, at, "园区总产值", meaning="现价")
    for unit, figure in {"甲县": "10", "乙县": "20.5"}.items():
        reported(city, at, unit, "2026-01", {key: figure})
    return key


@pytest.fixture
def release(city, at, output):
    """`release(**changes)`: January released by the statistician."""

    def make(**changes) -> Release:
        said = {
            "city": city.key, "label": "一月产值", "purpose": Purpose.DISPATCH,
            "basis": Basis.UNITS, "indicators": [output], "units": [], "periods": ["2026-01"],
            "position": last_position(), "note": "初步数", "by": city.people["statistician"],
            "at": at,
        }  # fmt: skip
        return release_figures(**{**said, **changes})

    return make


def figures_in(release: Release, **said) -> dict[str, int]:
    held = vintage(release, **said)
    return {held.units[spot[1]]: figure.amount for spot, figure in held.figures.items()}


def test_a_release_stays_what_it_was_when_figures_are_revised(city, at, output, release):
    first = release()
    reported(city, at + timedelta(days=1), "甲县", "2026-01", {output: "11"})
    second = release(label="一月产值（修订）")
    assert figures_in(first) == {"甲县": 1000, "乙县": 2050}
    assert figures_in(second) == {"甲县": 1100, "乙县": 2050}
    assert (first.number, second.number) == (1, 2)
    assert Value.objects.count() == 3, "a release copies no figure"


def test_the_position_is_the_one_that_was_on_the_screen(city, at, output, release):
    seen = last_position()
    reported(city, at, "甲县", "2026-01", {output: "99"})
    assert figures_in(release(position=seen)) == {"甲县": 1000, "乙县": 2050}


WRONG = [
    ({"label": " "}, Incomplete, "名称"),
    ({"indicators": []}, Incomplete, "指标和时期"),
    ({"indicators": ["nothing"]}, NotFound, "不在本市"),
    ({"periods": ["rubbish"]}, NotFound, "时期"),
    ({"periods": ["2020-01"]}, Incomplete, "没有可发布"),
    ({"position": 10**9}, NotFound, "时点"),
    ({"position": 0}, NotFound, "时点"),
    ({"purpose": "rubbish"}, NotFound, "用途"),
    ({"city": "elsewhere"}, NotAllowed, "统计人员"),
]


def test_what_can_not_be_released_is_refused_and_nothing_written(release):
    for changes, refusal, words in WRONG:
        with pytest.raises(refusal, match=words):
            release(**changes)
    assert not Release.objects.exists()


def test_official_statistics_are_released_by_statisticians_only(city, at, output, release):
    reported(city, at, "甲县", "2026-01", {output: "5"}, Purpose.STATISTICS)
    with pytest.raises(NotAllowed, match="统计人员"):
        release(purpose=Purpose.STATISTICS, by=city.people["office"])
    with pytest.raises(NotAllowed):
        release(by=city.people["clerk"])
    assert release(purpose=Purpose.STATISTICS).number == 1


def test_figures_that_wait_for_their_review_are_not_released(release, monkeypatch):
    def accepted(origins, moment):
        return dict.fromkeys(origins, False)

    monkeypatch.setitem(facts._things, "accepted", accepted)
    with pytest.raises(Incomplete, match="2 份报送还没有验收"):
        release()


def test_two_vintages_side_by_side_show_what_was_revised(city, at, output, release, sign_in):
    first = release()
    reported(city, at + timedelta(days=1), "甲县", "2026-01", {output: "11.5"})
    reported(city, at + timedelta(days=1), "市工信局", "2026-01", {output: "3"})
    second = release(label="修订")
    client = sign_in("zone_staff")
    for query in ("", f"?with={second.key}"):
        page = client.get(f"/releases/{first.key}/compare/{query}").content.decode()
        assert "1.50" in page and "修订" in page and "后来才有" in page and "未变" in page
    assert client.get(f"/releases/{first.key}/compare/?export=xlsx").status_code == 200
    assert client.get(f"/releases/{first.key}/compare/?with=nothing").status_code == 404


def test_the_pages_release_compare_open_and_withdraw(city, at, output, sign_in, release):
    client = sign_in("statistician")
    query = f"indicator={output}&from=2026-01&to=2026-01&purpose=dispatch"
    page = client.get(f"/releases/new/?{query}").content.decode()
    assert "10.00" in page and f'name="position" value="{last_position()}"' in page
    sent = {
        "indicator": output, "from": "2026-01", "to": "2026-01", "kind": "month",
        "purpose": "dispatch", "label": "一月", "position": str(last_position()),
    }  # fmt: skip
    page = client.post("/releases/new/", sent, follow=True).content.decode()
    assert "已发布，编号 1" in page and "20.50" in page
    key = Release.objects.get().key
    assert "一月" in sign_in("clerk").get("/releases/").content.decode()
    assert "10.00" in sign_in("clerk").get(f"/releases/{key}/").content.decode(), "citable by all"
    assert Client().get(f"/open/{key}/").status_code == 404
    client.post(f"/releases/{key}/open/", {"open": "1"})
    assert "20.50" in Client().get(f"/open/{key}/").content.decode()
    assert sign_in("clerk").post(f"/releases/{key}/withdraw/", {"why": "x"}).status_code == 403
    assert client.post(f"/releases/{key}/withdraw/", {"why": " "}).status_code == 422
    client.post(f"/releases/{key}/withdraw/", {"why": "口径有误"})
    assert Client().get(f"/open/{key}/").status_code == 404
    assert "已撤回" in sign_in("clerk").get(f"/releases/{key}/").content.decode()
    assert client.post(f"/releases/{key}/open/", {"open": "1"}).status_code == 409


def test_a_working_names_the_releases_that_hold_the_cell(city, output, release, sign_in):
    made = release()
    unit = city.units["甲县"]
    address = f"/analysis/working/?indicator={output}&unit={unit}&period=2026-01&purpose=dispatch"
    assert f"/releases/{made.key}/" in sign_in("office").get(address).content.decode()


def test_what_was_taken_back_or_was_never_there_is_refused(city, at, release):
    made = release()
    by = city.people["statistician"]
    withdraw_release(release=made.key, why="错", by=by, at=at)
    with pytest.raises(Closed):
        open_to_all(release=made.key, is_open=True, by=by, at=at)
    with pytest.raises(NotFound):
        open_to_all(release="nothing", is_open=True, by=by, at=at)


@pytest.fixture
def opened(city, at, release):
    """A release of totals of enterprises, open to all: one unit has two enterprises only."""
    key = defined(city, at, "企业产值", over_units=OverUnits.SUM)
    rows = {"甲县": [111, 222], "乙县": [100, 200, 300], "开发区管委会": [500, 600, 700]}
    enterprise_rows(city, at, key, rows)
    made = release(
        indicators=[key], purpose=Purpose.STATISTICS, basis=Basis.ENTERPRISES, label="企业"
    )
    open_to_all(release=made.key, is_open=True, by=city.people["statistician"], at=at)
    return made


ENDINGS = ("csv", "json", "sdmx.csv", "sdmx.xml")


def test_no_file_shows_a_small_cell_or_what_gives_it_away(opened):
    page = Client().get(f"/open/{opened.key}/").content.decode()
    files = [Client().get(f"/open/{opened.key}/{ending}").content.decode() for ending in ENDINGS]
    for text in (page, *files):
        assert "18.00" in text and "27.33" in text, "large cells and the total are shown"
        for secret in ("3.33", "1.11", "2.22", "6.00", "ent-"):
            assert secret not in text


def test_a_release_of_some_units_gives_no_other_unit_away(city, at, opened, release):
    """The total of all less the shown ones would be the small unit that isn't in the release."""
    units = [city.units[name] for name in ("乙县", "开发区管委会")]
    said = {"purpose": Purpose.STATISTICS, "basis": Basis.ENTERPRISES}
    part = release(**said, indicators=opened.indicators, units=units)
    assert figures_in(part) == figures_in(opened) == {"开发区管委会": 1800, "全部企业": 2733}
    alone = release(**said, indicators=opened.indicators, units=units[:1])
    assert figures_in(alone) == {"全部企业": 2733}, "乙县 is hidden to protect 甲县 here too"


def test_a_revised_release_hides_what_the_first_one_hid(city, at, opened, release):
    """Hidden were 甲县 and, to protect it, 乙县; now 开发区管委会 would be the smaller one to hide."""
    enterprise_rows(city, at, opened.indicators[0], {"开发区管委会": [50, 60, 70]})
    again = release(
        purpose=Purpose.STATISTICS, basis=Basis.ENTERPRISES, indicators=opened.indicators
    )
    assert figures_in(again) == {"开发区管委会": 180, "全部企业": 1113}
    assert figures_in(opened, moment=moment_at(last_position())) == figures_in(again)


def test_everybody_inside_but_statisticians_reads_a_release_as_the_public_does(opened, sign_in):
    for who in ("office", "clerk", "leading_group"):
        page = sign_in(who).get(f"/releases/{opened.key}/").content.decode()
        assert "3.33" not in page and "18.00" in page
        page = sign_in(who).get(f"/releases/{opened.key}/compare/").content.decode()
        assert "3.33" not in page and "不公开" in page
    assert (
        "3.33" in sign_in("statistician").get(f"/releases/{opened.key}/compare/").content.decode()
    )


def test_sdmx_csv_has_the_columns_of_version_two(opened):
    text = Client().get(f"/open/{opened.key}/sdmx.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0])[:7] == [
        "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "REF_AREA", "TIME_PERIOD"
    ]  # fmt: skip
    assert {row["STRUCTURE"] for row in rows} == {"dataflow"}
    assert {row["STRUCTURE_ID"] for row in rows} == {f"LUODI:DF_{opened.key.upper()}(1.0)"}
    hidden = [row for row in rows if row["OBS_STATUS"] == "Q"]
    assert len(hidden) == 2 and all(
        row["OBS_VALUE"] == "" and row["CONF_STATUS"] == "C" for row in hidden
    )
    assert {row["TIME_PERIOD"] for row in rows} == {"2026-01"} and {r["FREQ"] for r in rows} == {
        "M"
    }


def test_sdmx_ml_data_fits_its_structure(opened):
    data = ElementTree.fromstring(Client().get(f"/open/{opened.key}/sdmx.xml").content)
    said = ElementTree.fromstring(Client().get(f"/open/{opened.key}/structure.xml").content)
    dimensions = [d.get("id") for d in said.iter(f"{STR}Dimension") if d.get("position")]
    codes = {
        c.get("id"): {k.get("id") for k in c.iter(f"{STR}Code")}
        for c in said.iter(f"{STR}Codelist")
    }
    lists = {
        one.get("id"): one.find(f"{STR}LocalRepresentation/{STR}Enumeration/Ref").get("id")
        for one in said.iter(f"{STR}Dimension") if one.get("position")
    }  # fmt: skip
    series = list(data.iter(f"{GEN}Series"))
    assert len(series) == 4
    for one in series:
        key = {v.get("id"): v.get("value") for v in one.find(f"{GEN}SeriesKey")}
        assert list(key) == dimensions == ["FREQ", "INDICATOR", "REF_AREA"]
        assert all(value in codes[lists[name]] for name, value in key.items())
        for obs in one.iter(f"{GEN}Obs"):
            status = {v.get("id"): v.get("value") for v in obs.find(f"{GEN}Attributes")}
            assert status["OBS_STATUS"] in codes["CL_OBS_STATUS"]
            assert (obs.find(f"{GEN}ObsValue") is None) == (status["OBS_STATUS"] == "Q")
    attributes = {a.get("id") for a in said.iter(f"{STR}Attribute")}
    used = {v.get("id") for a in data.iter(f"{GEN}Attributes") for v in a}
    assert used == attributes


def test_the_catalogue_names_every_file(opened):
    found = json.loads(Client().get("/open/catalogue.jsonld").content)
    (one,) = found["dcat:dataset"]
    assert (
        one["dct:title"]["@value"] == "企业" and one["dct:temporal"]["dcat:endDate"] == "2026-01-31"
    )
    for file in one["dcat:distribution"]:
        assert Client().get(file["dcat:downloadURL"]).status_code == 200
    assert "企业" in Client().get("/open/").content.decode()
    assert Client().get(f"/open/{opened.key}/rubbish").status_code == 404


def test_a_json_file_holds_digits_as_they_were_released(opened):
    said = json.loads(Client().get(f"/open/{opened.key}/json").content)
    values = {row["value"] for row in said["observations"]}
    assert values == {"18.00", "27.33", None} and said["position"] == opened.position
    assert "企业" in said["citation"]
