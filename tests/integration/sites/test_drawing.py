"""GeoJSON in: dry run, every fault, overlaps, stated areas, two at once; the plan view."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.geojson import collection, feature, ring
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.queries import viewer_of_person
from luodi.sites import actions
from luodi.sites.models import PlotState, Site
from luodi.sites.queries import draw_plan, plan_page

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def zone(city):
    return city.units["开发区管委会"]


@pytest.fixture
def brought(city, zone, office):
    """`brought(text)`: what is in the file, looked at and imported."""

    def bring(said, site=""):
        token = draw_plan(city.key, zone, said, site).token
        return actions.draw_plots(
            city=city.key, zone=zone, text=said, looked_at=token, site=site, **office
        )

    return bring


def planned(city, zone, *features, **more):
    return draw_plan(city.key, zone, collection(*features, **more)).lines


def test_a_file_makes_plots_and_redraws_those_that_are_there(city, zone, plot, brought, at):
    key = plot(area="60")
    done = brought(
        collection(
            feature(ring(0, 0), 编号="SL-01", 审图号="示例（2026）001"),
            feature(ring(200, 0, 100, 200), 名称="新地块", 面积=30, 用途="物流仓储"),
            feature(ring(300, 0, 100, 200), name="没写面积"),
            feature(ring(0, 0), name="压住了", area=60),
        )
    )
    assert (done.new, done.redrawn, done.left) == (2, 1, 1)
    states = {state.name: state for state in PlotState.objects.open()}
    mine = states["示例地块一"]
    assert mine.site_id == key and abs(mine.measured - 40_000) < 40
    assert mine.map_number == "示例（2026）001" and mine.area == 60 and mine.price == 168
    assert states["新地块"].use == "logistics" and states["新地块"].area == 30
    assert states["没写面积"].area_scale == 2 and 2_990 <= states["没写面积"].area <= 3_010
    assert verify().breaks == ()


def test_an_overlap_is_said_with_its_area_and_a_shared_border_is_fine(city, zone, plot, brought):
    plot()
    brought(collection(feature(ring(0, 0), number="SL-01")))
    over, beside, twice = planned(
        city, zone,
        feature(ring(150, 0), name="压线", area=60),
        feature(ring(200, 0), name="相邻", area=60),
        feature(ring(350, 0), name="又压线", area=60),
    )  # fmt: skip
    assert over.what == "refused" and "与“示例地块一”重叠 9,998 平方米（15.00 亩）" in over.problem
    assert beside.what == "new"
    assert twice.what == "refused" and "与“相邻”重叠" in twice.problem


def test_odd_words_of_a_file_break_nothing(city, zone, brought):
    long, odd, strange = planned(
        city, zone,
        feature(ring(0, 0), name="长" * 150, area=60), feature(ring(500, 0), name="a\x00b\ud800c"),
        {"type": "\ud800", "properties": {"name": ["x"]}, "geometry": {"type": "\ud800\x00"}},
    )  # fmt: skip
    assert long.what == "refused" and "超过 120 字" in long.problem
    assert odd.name == "abc" and odd.what == "new" and strange.what == "refused"
    assert strange.problem.encode()
    with pytest.raises(Incomplete):
        crs = {"properties": {"name": "\ud800EPSG"}}
        planned(city, zone, feature(ring(0, 0)), crs=crs)


def test_a_stated_area_far_from_the_drawn_one_is_asked_about(city, zone, plot):
    plot(area="90")
    wrong, right = planned(
        city,
        zone,
        feature(ring(0, 0), number="SL-01"),
        feature(ring(300, 0), name="准", area="60.5"),
    )
    assert wrong.what == "redrawn" and "登记面积 90 亩，相差 \u221233.3%" in wrong.warnings[0]
    assert not right.warnings


def test_the_same_plot_twice_or_unnamed_is_refused_and_the_rest_stays(city, zone, plot):
    plot()
    lines = planned(
        city, zone,
        feature(ring(0, 0), number="SL-01"), feature(ring(500, 0), name="示例地块一"),
        feature(ring(1000, 0), name="甲"), feature(ring(1500, 0), name="甲"),
        feature(ring(2000, 0)), feature(ring(2500, 0), name="乙", use="火星"),
        feature([[112.8, 35.5], [112.81, 35.51], [112.81, 35.5], [112.8, 35.51], [112.8, 35.5]],
                name="蝴蝶结"),
    )  # fmt: skip
    assert [line.what for line in lines] == ["redrawn", "refused", "new", *["refused"] * 4]
    said = [line.problem for line in lines]
    assert "同一个地块" in said[1] and "同一个地块" in said[3] and "地块名称" in said[4]
    assert "用途" in said[5] and "自相交" in said[6]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("{", "不是完整的JSON"),
        ('{"type": "Feature"}', ""),
        ("[]", "不是GeoJSON"),
        (collection(feature(ring(0, 0)), crs={"properties": {"name": "EPSG:2383"}}), "EPSG:2383"),
        (collection(), "没有图形"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_and_stays_in_the_box(sign_in, zone, said, words):
    client = sign_in("zone_staff")
    file = SimpleUploadedFile("地块.geojson", said.encode())
    answer = client.post("/sites/import/", {"zone": zone, "file": file})
    page = text(answer)
    if words:
        assert answer.status_code == 422 and words in page and "没有导入任何内容" in page
    else:
        assert answer.status_code == 200 and "不能导入" in page
    assert "<textarea" in page and said[:1].replace('"', "&quot;") in page
    assert not Site.objects.exists()


def test_metres_turned_round_and_other_faults_are_said_line_by_line(city, zone):
    metres = [
        [500_000, 3_930_000],
        [500_100, 3_930_000],
        [500_100, 3_930_100],
        [500_000, 3_930_000],
    ]
    turned = [[lat, lon] for lon, lat in ring(0, 0)]
    lines = planned(
        city, zone, feature(metres, name="米"), feature(turned, name="反"),
        {"type": "Feature", "properties": {"name": "点"},
         "geometry": {"type": "Point", "coordinates": [112, 35]}},
        feature(ring(0, 0), name="好", area=60),
    )  # fmt: skip
    assert [line.what for line in lines] == ["refused"] * 3 + ["new"]
    for line, words in zip(lines, ("投影坐标", "写反", "Point"), strict=False):
        assert words in line.problem


def test_the_dry_run_writes_nothing_and_the_second_press_imports(sign_in, city, zone, plot):
    plot()
    client = sign_in("zone_staff")
    assert "试导入" in text(client.get("/sites/import/"))
    said = collection(feature(ring(0, 0), number="SL-01"), feature(ring(0, 0), name="压住"))
    file = SimpleUploadedFile("地块.geojson", said.encode("utf-8-sig"))
    page = text(client.post("/sites/import/", {"zone": zone, "file": file}))
    assert "可以导入 1 个，不能导入 1 个" in page and "重叠" in page
    assert not PlotState.objects.exclude(geometry=[]).exists()
    token = page.split('name="looked_at" value="')[1].split('"')[0]
    page = text(
        client.post("/sites/import/", {"zone": zone, "text": said, "looked_at": token}, follow=True)
    )
    assert "更新图形 1 个，没有导入 1 个" in page and '<path class="plot free"' in page
    late = client.post("/sites/import/", {"zone": zone, "text": said, "looked_at": token})
    assert late.status_code == 409 and "再看一遍" in text(late) and "没有变化" in text(late)


def test_odd_uploads_are_refused_in_words(sign_in, zone):
    client = sign_in("office")
    for given, words in (
        ({}, "请选择 GeoJSON 文件"),
        ({"file": SimpleUploadedFile("a.geojson", "地块".encode("gb18030"))}, "UTF-8"),
        ({"file": SimpleUploadedFile("a.geojson", b" " * (8 * 1024 * 1024 + 1))}, "8 MB"),
    ):
        answer = client.post("/sites/import/", {"zone": zone, **given})
        assert answer.status_code == 422 and words in text(answer)
    assert client.post("/sites/import/", {"zone": "x", "text": "{}"}).status_code == 422


def test_one_feature_without_a_name_belongs_to_the_plot_it_was_sent_for(city, zone, plot, brought):
    key = plot()
    brought(collection(feature(ring(0, 0))), site=key)
    assert PlotState.objects.open().get(site=key).measured
    assert Site.objects.count() == 1


def test_only_who_keeps_a_zone_imports_and_two_files_never_lie_on_one_another(city, zone, office):
    said = collection(feature(ring(0, 0), name="甲", area=60))
    token = draw_plan(city.key, zone, said).token
    giving = {"city": city.key, "zone": zone, "looked_at": token}
    with pytest.raises(NotAllowed):
        actions.draw_plots(text=said, **giving, by=city.people["clerk"], at=office["at"])
    other = collection(feature(ring(100, 0), name="乙", area=60))
    seen = draw_plan(city.key, zone, other).token
    actions.draw_plots(text=said, **giving, **office)
    with pytest.raises(Conflict, match="再看一遍"):
        actions.draw_plots(text=other, **{**giving, "looked_at": seen}, **office)
    again = draw_plan(city.key, zone, other).token
    with pytest.raises(Incomplete, match="没有可以导入"):
        actions.draw_plots(text=other, **{**giving, "looked_at": again}, **office)


def test_the_plan_shows_each_state_and_the_past(sign_in, city, at, zone, plot, project, brought):
    key, other = plot(), plot(name="示例地块二", number="SL-02")
    plot(name="没有图形的", number="SL-03")
    brought(collection(feature(ring(0, 0), number="SL-01"), feature(ring(250, 0), number="SL-02")))
    drawn = PlotState.objects.order_by("-since").first().since_id
    viewer = viewer_of_person(city.people["clerk"])
    holder = project()
    by = {"by": city.people["office"], "at": at}
    actions.reserve_site(site=key, holder=holder, **by)
    taking = {"tenure": "let", "from_on": at.date()}
    actions.take_site(site=other, holder=holder, **taking, **by)
    page = plan_page(viewer, Moment(at))
    assert [one.row.standing.state for one in page.drawn] == ["reserved", "taken"]
    assert [one.number for one in page.drawn] == [1, 2] and len(page.undrawn) == 1
    assert {s: n for s, _label, n in page.counts} == {"free": 0, "reserved": 1, "taken": 1}
    past = plan_page(viewer, Moment(at, drawn))
    assert [one.row.standing.state for one in past.drawn] == ["free", "free"]
    assert plan_page(viewer, Moment(at, drawn - 1)).sheet is None
    clerk = sign_in("clerk")
    shown = text(clerk.get(f"/sites/plan/?zone={zone}"))
    assert "<title>示例地块二 · 已用 · 60 亩</title>" in shown and 'id="plan-desc"' in shown
    assert "没有审图号" in shown and "没有图形的地块" in shown and "上北下南" in shown
    english = text(clerk.get("/sites/plan/", headers={"Accept-Language": "en"}))
    assert "Plan of the plots" in english and "平面图" not in english
    assert "还没有地块带图形" not in shown


def test_the_plan_takes_as_many_queries_for_one_plot_as_for_many(
    sign_in, city, zone, brought, django_assert_max_num_queries
):
    client, counts = sign_in("clerk"), []
    for many in (1, 12):
        edges = [feature(ring(300 * n, 300 * many), name=f"地块{many}-{n}") for n in range(many)]
        brought(collection(*edges))
        client.get("/sites/plan/")
        with django_assert_max_num_queries(40) as seen:
            assert client.get("/sites/plan/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
