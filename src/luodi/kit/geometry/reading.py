"""GeoJSON (RFC 7946) in: every fault a sentence, and no fault of one feature loses another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from luodi.kit.geometry.plane import SCALE, Point, Polygons, crossing, is_flat, points
from luodi.kit.refusals import Refusal

MOST_FEATURES = 500
MOST_POINTS = 2_000
"""Corners of one plot; a plot of more is a digitising fault."""
MOST_CHARS = 4_000_000
MOST_DIGITS = 400
"""Powers of ten up to which a number is read, either way."""
WIDEST = SCALE // 2
"""Half a degree: some 45 km. No plot is so wide."""
CHINA = ((73, 136), (3, 54))
"""Longitudes and latitudes between which China lies."""
_KNOWN = ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4490", "EPSG:4490", "CGCS2000", "WGS84")


@dataclass(frozen=True)
class Shape:
    """One feature: its place in the file from 1, its properties, and its polygons or its fault."""

    number: int
    properties: Mapping[str, Any]
    polygons: Polygons | None = None
    problem: Refusal | None = None


class _Fault(Exception):
    """What is wrong, on its way out of the reader."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.refusal = Refusal(f"geometry.{code}", zh, en)


def read_geojson(text: str) -> tuple[Shape, ...] | Refusal:
    """The features of a Feature, a FeatureCollection or a bare geometry.

    Refused as a whole: `geometry.broken` (no JSON), `type`, `projection` (a `crs` that is neither
    WGS 84 nor CGCS2000), `empty`, `too_many`. Refused one by one: `type`, `projection`, `place`,
    `ring`, `crossing`, `flat`, `too_many`, `too_wide`.
    """
    try:
        features = _features(_parsed(text))
    except _Fault as fault:
        return fault.refusal
    return tuple(_shape(number, feature) for number, feature in enumerate(features, start=1))


def _parsed(text: str) -> Any:
    if len(text) > MOST_CHARS:
        raise _Fault("too_many", "文件超过400万字，请分几次导入", "The file is too long; split it")
    try:
        return json.loads(text.lstrip("\ufeff"), parse_float=_decimal)
    except json.JSONDecodeError as error:
        raise _Fault(
            "broken",
            f"不是完整的JSON：第{error.lineno}行第{error.colno}列读不下去",
            f"This is no whole JSON: line {error.lineno}, column {error.colno} can't be read",
        ) from error
    except (ValueError, RecursionError) as error:
        raise _Fault(
            "broken",
            "不是完整的JSON：嵌套过深或数字过长",
            "This is no JSON: too deep, or a number too long",
        ) from error


def _decimal(written: str) -> Decimal:
    """A fraction as it stands; an exponent beyond all reason is no number of a plot."""
    try:
        number = Decimal(written)
    except InvalidOperation as error:
        raise ValueError(f"out of all bounds: {written[:20]}") from error
    if abs(number.adjusted()) > MOST_DIGITS:
        raise ValueError(f"out of all bounds: {written[:20]}")
    return number


def _features(root: Any) -> list[Any]:
    kind = root.get("type") if isinstance(root, dict) else None
    if kind == "FeatureCollection":
        features = root.get("features")
    elif kind == "Feature":
        features = [root]
    elif kind in ("Polygon", "MultiPolygon"):
        features = [{"type": "Feature", "geometry": root}]
    else:
        raise _Fault(
            "type",
            f"不是GeoJSON：最外层的type应为Feature或FeatureCollection，实为{_said(kind)}",
            f"This is no GeoJSON: type should be Feature or FeatureCollection, not {_said(kind)}",
        )
    _check_crs(root)
    if not isinstance(features, list) or not features:
        raise _Fault("empty", "文件里没有图形", "There is no feature in the file")
    if len(features) > MOST_FEATURES:
        raise _Fault(
            "too_many",
            f"一次最多导入{MOST_FEATURES}个图形，文件里有{len(features)}个，请分几次",
            f"At most {MOST_FEATURES} features at once, there are {len(features)}: split the file",
        )
    return features


def _check_crs(holder: Mapping[str, Any]) -> None:
    """A `crs` member is from before RFC 7946; what it names must be degrees of today's datums."""
    crs = holder.get("crs")
    if crs is None:
        return
    inner = crs.get("properties") if isinstance(crs, dict) else None
    given = inner.get("name") if isinstance(inner, dict) else None
    name = _said(given) if given else ""
    if not name.replace(" ", "").upper().endswith(_KNOWN):
        raise _Fault(
            "projection",
            f"坐标系是{name or '未写明的'}，只收CGCS2000或WGS84的经纬度（EPSG:4490、EPSG:4326），"
            "请转换后再导入",
            f"The projection is {name or 'not named'}; only longitude and latitude of CGCS2000 or "
            "WGS 84 are taken (EPSG:4490, EPSG:4326): convert the file first",
        )


def _shape(number: int, feature: Any) -> Shape:
    if not isinstance(feature, dict):
        zh, en = "不是Feature", "It is no Feature"
        return Shape(number, {}, None, Refusal("geometry.type", zh, en))
    given = feature.get("properties")
    properties = given if isinstance(given, dict) else {}
    try:
        _check_crs(feature)
        return Shape(number, properties, _polygons(feature.get("geometry")))
    except _Fault as fault:
        return Shape(number, properties, None, fault.refusal)


def _polygons(geometry: Any) -> Polygons:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Fault(
            "type",
            f"图形应为Polygon或MultiPolygon（面），实为{_said(kind)}",
            f"The geometry should be a Polygon or MultiPolygon, not {_said(kind)}",
        )
    _check_crs(geometry)
    given = geometry.get("coordinates")
    many = given if kind == "MultiPolygon" else [given]
    found = tuple(tuple(_ring(ring) for ring in _list(polygon)) for polygon in _list(many))
    if not found or not all(found):
        raise _Fault("ring", "图形没有边界", "The geometry has no ring")
    _check(found)
    return found


def _check(polygons: Polygons) -> None:
    corners = list(points(polygons))
    if len(corners) > MOST_POINTS:
        raise _Fault(
            "too_many",
            f"边界点有{len(corners)}个，最多{MOST_POINTS}个，请抽稀后再导入",
            f"There are {len(corners)} corners, at most {MOST_POINTS} are taken: simplify it",
        )
    xs, ys = zip(*corners, strict=True)
    if max(xs) - min(xs) > WIDEST or max(ys) - min(ys) > WIDEST:
        raise _Fault(
            "too_wide",
            "图形跨度超过半度（约45公里），不像一个地块，请检查坐标",
            "The shape is wider than half a degree (45 km): no plot is, check the coordinates",
        )
    if is_flat(polygons):
        raise _Fault("flat", "图形的面积为零", "The shape has no area")
    why = crossing(polygons)
    if why:
        raise _Fault(
            "crossing",
            "边界自相交或各部分重叠，请修正图形",
            f"The edge crosses itself, or parts of it overlap ({why.split('[')[0].strip()})",
        )


def _ring(ring: Any) -> tuple[Point, ...]:
    corners = tuple(_point(position) for position in _list(ring))
    if len(corners) < 4 or corners[0] != corners[-1]:
        raise _Fault(
            "ring",
            "边界不闭合：每一圈至少四个点，首尾相同",
            "A ring isn't closed: each has at least four points, the last like the first",
        )
    return corners


def _point(position: Any) -> Point:
    pair = _list(position)[:2]
    if len(pair) < 2 or not all(_is_number(value) for value in pair):
        raise _Fault("ring", "有的坐标不是数字", "A coordinate is no number")
    longitude, latitude = (Decimal(value) for value in pair)
    if abs(longitude) > 180 or abs(latitude) > 180:
        raise _Fault(
            "projection",
            f"坐标（{longitude:.7g}，{latitude:.7g}）不是经纬度，像是投影坐标（米），"
            "请转换为CGCS2000或WGS84的经纬度再导入",
            f"The coordinates ({longitude:.7g}, {latitude:.7g}) are no degrees but look like "
            "metres: convert them to longitude and latitude of CGCS2000 or WGS 84",
        )
    (west, east), (south, north) = CHINA
    if not (west <= longitude <= east and south <= latitude <= north):
        raise _Fault(
            "place",
            f"坐标（{longitude:.7g}，{latitude:.7g}）不在中国范围内，经度在前、纬度在后，请检查是否写反",
            f"The coordinates ({longitude:.7g}, {latitude:.7g}) lie outside China; longitude comes "
            "first: are they turned round?",
        )
    return round(longitude * SCALE), round(latitude * SCALE)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return not isinstance(value, Decimal) or value.is_finite()


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Fault("ring", "坐标的层次不对", "The coordinates aren't nested as they should be")
    return value


def _said(kind: Any) -> str:
    """A word of the file, fit to be shown in either language."""
    written = str(kind or "null")[:60].encode("utf-8", "ignore").decode()
    return "".join(sign for sign in written if sign.isprintable())
