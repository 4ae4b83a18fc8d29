"""Polygons: GeoJSON in with every fault said, areas and overlaps, the plan."""

from __future__ import annotations

import json
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kit.geometry import area, overlap, plan, read_geojson
from luodi.kit.geometry.plane import SCALE
from luodi.kit.refusals import Refusal

LON, LAT = 112.8, 35.5
TURNED = radians(LAT)
EAST = 111_412.84 * cos(TURNED) - 93.5 * cos(3 * TURNED) + 0.118 * cos(5 * TURNED)
NORTH = 111_132.92 - 559.82 * cos(2 * TURNED) + 1.175 * cos(4 * TURNED)
"""Metres of a degree there by the usual series, which the product doesn't use."""


def square(x=0.0, y=0.0, side=100.0, height=None):
    """A rectangle of about so many metres, its lower left corner so many from (112.8, 35.5)."""
    high = side if height is None else height
    corners = [(x, y), (x + side, y), (x + side, y + high), (x, y + high), (x, y)]
    return [[round(LON + a / EAST, 7), round(LAT + b / NORTH, 7)] for a, b in corners]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def collection(*geometries, **more):
    features = [{"type": "Feature", "properties": {"name": f"{n}"}, "geometry": one}
                for n, one in enumerate(geometries)]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def shape(geometry):
    [found] = read_geojson(collection(geometry))
    return found


def rings(*given):
    return shape(polygon(*given)).polygons


def test_a_feature_a_collection_and_a_bare_geometry_are_read():
    bare = json.dumps(polygon(square()))
    feature = json.dumps({"type": "Feature", "properties": None, "geometry": polygon(square())})
    many = collection(polygon(square()), {"type": "MultiPolygon", "coordinates": [[square(500)]]})
    assert len(read_geojson("\ufeff" + bare)) == 1 and read_geojson(feature)[0].properties == {}
    one, two = read_geojson(many)
    assert (one.number, two.number) == (1, 2) and one.properties == {"name": "0"}
    assert one.problem is None and two.polygons is not None
    assert one.polygons[0][0][0] == (1_128_000_000, 355_000_000)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "broken", "第1行第1列"),
        ('{"type": "Feature",\n oops', "broken", "第2行"),
        ("[" * 100_000, "broken", "JSON"),
        ("1" * 5_000, "broken", "数字过长"),
        (" " * 4_000_001, "too_many", "分几次"),
        ("[]", "type", "最外层"),
        ('{"type": "Topology"}', "type", "Topology"),
        ('{"type": "FeatureCollection", "features": []}', "empty", "没有图形"),
        ('{"type": "FeatureCollection", "features": {}}', "empty", "没有图形"),
        (collection(*[polygon(square())] * 501), "too_many", "501"),
        (
            collection(
                polygon(square()), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
            ),
            "projection",
            "EPSG::4547",
        ),
        (collection(polygon(square()), crs="EPSG:3857"), "projection", "未写明"),
        (collection(polygon(square()), crs={"properties": []}), "projection", "未写明"),
    ],
)
def test_what_can_not_be_read_at_all_is_said(text, code, words):
    refused = read_geojson(text)
    assert isinstance(refused, Refusal) and refused.code == f"geometry.{code}"
    assert words in refused.zh and refused.en


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "EPSG:4490", "CGCS2000"]
)
def test_degrees_of_todays_datums_are_taken(name):
    assert read_geojson(collection(polygon(square()), crs={"properties": {"name": name}}))


BOW = [[112.8, 35.5], [112.802, 35.502], [112.802, 35.5], [112.8, 35.502], [112.8, 35.5]]
LINE = [[112.8, 35.5], [112.801, 35.501], [112.802, 35.502], [112.8, 35.5]]


@pytest.mark.parametrize(
    ("geometry", "code", "words"),
    [
        (None, "type", "Polygon"),
        ({"type": "LineString", "coordinates": square()}, "type", "LineString"),
        (polygon(BOW), "crossing", "自相交"),
        ({"type": "MultiPolygon", "coordinates": [[square()], [square(50)]]}, "crossing", "重叠"),
        (polygon(LINE), "flat", "面积为零"),
        (polygon(square()[:3]), "ring", "不闭合"),
        (polygon([*square()[:-1], [112.9, 35.6]]), "ring", "不闭合"),
        (polygon(), "ring", "没有边界"),
        ({"type": "MultiPolygon", "coordinates": []}, "ring", "没有边界"),
        (polygon("abc"), "ring", "层次"),
        ({"type": "Polygon", "coordinates": None}, "ring", "层次"),
        (polygon([[112.8], *square()]), "ring", "数字"),
        (polygon([["112.8", 35.5], *square()]), "ring", "数字"),
        (polygon([[True, 35.5], *square()]), "ring", "数字"),
        (polygon([[float("nan"), 35.5], *square()]), "ring", "数字"),
        (polygon([[500000.5, 3930000], *square()]), "projection", "投影坐标"),
        (polygon([[lat, lon] for lon, lat in square()]), "place", "写反"),
        (polygon([[2.3, 48.8], *square()]), "place", "中国范围"),
        (polygon([[112.8, 35.5], [113.8, 35.5], [113.8, 36], [112.8, 35.5]]), "too_wide", "半度"),
        ({**polygon(square()), "crs": {"properties": {"name": "EPSG:2383"}}}, "projection", "2383"),
    ],
)  # fmt: skip
def test_each_fault_of_one_shape_is_said_and_the_others_are_kept(geometry, code, words):
    faulty, good = read_geojson(collection(geometry, polygon(square(5_000))))
    assert faulty.polygons is None and faulty.problem.code == f"geometry.{code}"
    assert words in faulty.problem.zh and faulty.problem.en
    assert good.polygons is not None and good.problem is None


def test_too_many_corners_and_what_is_no_feature():
    ring = [[112.8 + n / 10**6, 35.5 + (n % 2) / 10**6] for n in range(2_100)]
    assert shape(polygon([*ring, ring[0]])).problem.code == "geometry.too_many"
    [found] = read_geojson('{"type": "FeatureCollection", "features": [7]}')
    assert found.problem.code == "geometry.type"


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", f"1e{'9' * 30}"])
def test_a_number_beyond_all_bounds_is_refused_as_a_whole(number):
    ring = f"[[{number}, 35.5], [112.9, 35.5], [112.9, 35.6], [{number}, 35.5]]"
    geometry = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    assert read_geojson(geometry).code == "geometry.broken"
    stated = f'{{"type": "Feature", "properties": {{"area": {number}}}, "geometry": null}}'
    assert read_geojson(stated).code == "geometry.broken"


def test_an_area_is_that_of_the_ground():
    assert area(rings(square(side=200, height=100))) == pytest.approx(20_000, rel=0.0002)
    with_hole = area(rings(square(side=200), square(x=50, y=50, side=100)))
    assert with_hole == pytest.approx(30_000, rel=0.0002)


def test_neighbours_that_share_a_border_do_not_overlap():
    one, beside = rings(square()), rings(square(x=100))
    assert overlap(one, beside) == 0 == overlap(one, rings(square(x=1_000)))
    assert overlap(one, rings(square(x=60))) == pytest.approx(4_000, rel=0.001)
    assert overlap(one, one) == area(one)


@given(st.integers(20, 400), st.integers(20, 400), st.integers(-500, 500), st.integers(-500, 500))
def test_the_overlap_of_upright_rectangles_is_what_arithmetic_says(wide, high, x, y):
    one, other = rings(square(side=200)), rings(square(x, y, wide, high))
    across = max(0, min(200, x + wide) - max(0, x))
    along = max(0, min(200, y + high) - max(0, y))
    assert overlap(one, other) == pytest.approx(across * along, rel=0.0005, abs=10)
    assert overlap(one, other) == pytest.approx(overlap(other, one), abs=1)


def test_the_plan_keeps_proportions_and_has_north_up():
    assert plan({}) is None
    drawn = plan({"a": rings(square()), "b": rings(square(x=200, y=100))})
    assert drawn.width == 1000 and set(drawn.paths) == {"a", "b"}
    assert drawn.paths["a"].startswith("M") and drawn.paths["a"].endswith("Z")
    assert drawn.labels["b"][0] > drawn.labels["a"][0]
    assert drawn.labels["b"][1] < drawn.labels["a"][1]
    assert drawn.bar.metres == 50
    assert drawn.bar.length == pytest.approx(920 / 300 * 50, rel=0.01)
    tall = plan({"a": rings(square(side=100, height=1_000))})
    assert tall.height == 1_200 and SCALE == 10**7
    hole = plan({"a": rings(square(side=200), square(x=50, y=50, side=100))})
    assert hole.paths["a"].count("M") == 2
