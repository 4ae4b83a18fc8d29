"""Packs: every fault at once with file and line; the built-in ones hold; stacking; digests."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from luodi.cli.packs import pack as pack_command
from luodi.kit.calendars import Period, schedule
from luodi.kit.lights import dated, evaluate
from luodi.packs import (
    Pack,
    Stack,
    builtin,
    builtin_packs,
    cadence,
    clock,
    clock_for,
    expand,
    for_area,
    known_kinds,
    light_rules,
    load,
    register_schema,
    resolve,
    schema_for,
    stack,
    unit_names,
    work_calendar,
)
from luodi.packs.schemas import UNCONFIRMED, CadenceRule, ClockRule, PaperRule, RuleBase

HEAD = "key: demo\nlevel: city\nname: 示例市\nname_en: Demo\n"
OWNER = "    owner: {body: city, name: 示例市}\n    kind: rule\n    source: 示例文件\n"
CLOCK = f"rules:\n  - key: c\n{OWNER}    title: 办理\n    title_en: Handle\n    applies_to: item\n"
TODAY = date(2026, 3, 10)


def folder(where: Path, **files: str) -> Path:
    for name, text in {"pack": HEAD, **files}.items():
        (where / f"{name}.yaml").write_text(text, encoding="utf-8")
    return where


def faults(where: Path) -> list[tuple[str, int, str]]:
    _, problems = load(where, builtin_packs())
    return [(p.file, p.line, p.code) for p in problems]


class TestFaults:
    def test_all_faults_are_told_at_once_with_file_and_line(self, tmp_path):
        where = folder(
            tmp_path,
            clocks=CLOCK + "    unit: fortnight\n    amount: -1\n    colour: red\n",
            units="rules:\n  - key: u\n    type: bureau\n",
        )
        found = faults(where)
        assert ("clocks.yaml", 9, "schema.literal_error") in found
        assert ("clocks.yaml", 10, "schema.greater_than_equal") in found
        assert ("clocks.yaml", 11, "schema.extra_forbidden") in found
        assert ("units.yaml", 2, "schema.missing") in found
        assert load(where)[0] is None

    def test_sentences_are_chinese(self, tmp_path):
        where = folder(tmp_path, clocks=CLOCK + "    unit: day\n    amount: many\n")
        _, problems = load(where)
        assert str(problems[0]) == "clocks.yaml:10: 错误: “amount”应为整数 [schema.int_parsing]"

    def test_an_unconfirmed_rule_says_so_and_a_confirmed_one_has_a_source(self, tmp_path):
        text = CLOCK.replace("示例文件", UNCONFIRMED) + "    unit: day\n    amount: 1\n"
        assert faults(folder(tmp_path, clocks=text))[0][2] == "schema.value_error"
        assert not faults(folder(tmp_path, clocks=text + "    confirmed: false\n"))

    @pytest.mark.parametrize(
        ("files", "code"),
        [
            ({"pack": "key: [x\n"}, "yaml.syntax"),
            ({"pack": ""}, "yaml.empty"),
            ({"clocks": "- a\n"}, "pack.shape"),
            ({"clocks": "rules: []\nmore: 1\n"}, "pack.shape"),
            ({"clocks": "defaults: 3\nrules: []\n"}, "pack.shape"),
            ({"clocks": "rules: [3]\n"}, "schema.model_type"),
            ({"wishes": "rules: []\n"}, "pack.unknown_file"),
            ({"clocks": "rules: []\nrules: []\n"}, "yaml.twice"),
            ({"clocks": "rules: [!!python/none x]\n"}, "yaml.tag"),
            ({"clocks": "rules: " + "[" * 30 + "]" * 30 + "\n"}, "yaml.too_deep"),
            ({"clocks": "#" * 2_000_001}, "yaml.too_large"),
            ({"pack": HEAD + "stacks_over: [atlantis]\n"}, "pack.no_base"),
        ],
    )
    def test_what_is_no_pack(self, tmp_path, files, code):
        assert code in [found[2] for found in faults(folder(tmp_path, **files))]

    def test_missing_folder_head_and_encoding(self, tmp_path):
        assert faults(tmp_path / "nowhere")[0][2] == "pack.no_folder"
        assert ("pack.yaml", 0, "pack.no_head") in faults(tmp_path)
        (tmp_path / "pack.yaml").write_bytes("name: 示例".encode("gb18030"))
        assert faults(tmp_path)[0][2] == "yaml.encoding"
        (tmp_path / "clocks.yaml").mkdir()
        assert "yaml.unreadable" in [found[2] for found in faults(tmp_path)]

    @pytest.mark.parametrize(
        ("kind", "rows", "code"),
        [
            ("units", [{"key": "a", "name": "甲局"}, {"key": "b", "name": "甲局"}], "same_name"),
            ("units", [{"key": "a", "name": "甲局"}, {"key": "a", "name": "乙局"}], "overlap"),
            ("units", [{"key": "a", "name": "甲局", "parent": "z"}], "unknown_unit"),
            ("units", [{"key": "a", "name": "甲局", "parent": "b"},
                       {"key": "b", "name": "乙局", "parent": "a"}], "circle"),
        ],
    )  # fmt: skip
    def test_faults_between_rules(self, tmp_path, kind, rows, code):
        base = {"type": "bureau"} | {"owner": {"body": "city", "name": "示例市"}}
        base |= {"kind": "fact", "source": "示例文件"}
        text = json.dumps({"rules": [base | row for row in rows]}, ensure_ascii=False)
        assert f"pack.{code}" in [f[2] for f in faults(folder(tmp_path, **{kind: text}))]

    def test_versions_that_follow_each_other_do_not_overlap(self, tmp_path):
        first = CLOCK + "    unit: day\n    amount: 1\n    until: 2026-01-31\n"
        second = first.replace("rules:\n", "").replace("until: 2026-01-31", "since: 2026-02-01")
        found, problems = load(
            folder(tmp_path, clocks=first + second.replace("amount: 1", "amount: 2"))
        )
        assert found is not None and not problems
        whole = stack([found])
        amounts = [clock(whole, "c", date(2026, m, 1))[1].amount for m in (1, 2)]
        assert amounts == [1, 2] and len(whole.all("clocks", ClockRule)) == 2

    def test_a_fault_in_the_defaults_is_told_where_it_stands(self, tmp_path):
        text = "defaults:\n  kind: guess\n" + CLOCK.replace("    kind: rule\n", "")
        found = faults(folder(tmp_path, clocks=text + "    unit: day\n    amount: 1\n"))
        assert ("clocks.yaml", 2, "schema.literal_error") in found


BASE = {"key": "k", "owner": {"body": "city", "name": "示例市"}, "kind": "rule", "source": "示例"}
TITLES = {"title": "某事", "title_en": "Something"}
INDICATOR = {
    "name": "产值", "name_en": "Output", "unit": "亿元", "scale": 2, "period": "month",
    "measure": "flow", "counts": "in_period", "purpose": "dispatch", "answers": "u",
    "definition": "当月产值",
}  # fmt: skip
PAPER = {**TITLES, "layout": "notice", "number_pattern": "第{number}期", "issuer": "u"}
DAY_ONE = {"base": "period", "count": "day", "number": 1}
CADENCE = {**TITLES, "what": "report", "every": "month", "opens": DAY_ONE, "due": DAY_ONE}
LIGHT = {"subject": "item", "rank": 1, "light": "red", "zh": "红", "en": "Red"}
HOLIDAY = {"name": "元旦", "first": "2026-01-01", "last": "2026-01-03"}
YEAR = {"year": 2026}


@pytest.mark.parametrize(
    ("kind", "row", "says"),
    [
        ("clocks", {**TITLES, "applies_to": "x", "unit": "day", "amount": 99999}, "无法计算"),
        ("cadence", CADENCE | {"months": [13]}, "1 至 12"),
        ("cadence", CADENCE | {"due": DAY_ONE | {"base": "due"}}, "截止日为基准"),
        ("calendars", {**YEAR, "holidays": [HOLIDAY | {"last": "2025-01-01"}]}, "起止日期不对"),
        ("calendars", {**YEAR, "holidays": [HOLIDAY | {"make_up": ["2026-01-05"]}]}, "应在周末"),
        ("indicators", INDICATOR | {"unit": "光年"}, "计量单位"),
        ("indicators", INDICATOR | {"numerator": "a"}, "一并写明"),
        ("lights", LIGHT | {"when": [{"fact": "due", "is": "missing", "value": 1}]}, "不带值"),
        ("lights", LIGHT | {"when": [{"fact": "state", "is": "in", "value": "a"}]}, "应为列表"),
        ("papers", PAPER | {"stages": ["drafted"]}, "signed"),
        ("papers", PAPER | {"number_pattern": "{x}", "stages": ["signed"]}, "{number}"),
        ("units", {"name": "各局", "type": "collective"}, "members"),
        ("roles", {**TITLES, "scope": "moon"}, "只能是"),
        ("units", {"name": "甲局", "type": "bureau", "since": "soon"}, "2026-01-31"),
        ("units", {"name": "甲局", "type": "bureau", "since": "2026-02-01",
                   "until": "2026-01-01"}, "早于"),
        ("units", {"name": "甲局", "type": "bureau", "since": 5}, "since"),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_told_in_a_sentence(tmp_path, kind, row, says):
    text = json.dumps({"rules": [BASE | row]}, ensure_ascii=False)
    _, problems = load(folder(tmp_path, **{kind: text}))
    assert says in "".join(problem.message for problem in problems), problems


def test_a_year_written_twice_and_odd_office_hours(tmp_path):
    rows = [BASE | YEAR | {"key": key, "holidays": []} for key in ("a", "b")]
    where = folder(tmp_path, calendars=json.dumps({"rules": rows}, ensure_ascii=False))
    assert "pack.year_twice" in [fault[2] for fault in faults(where)]
    hours = (
        CLOCK
        + "    unit: workhour\n    amount: 2\n    office: [{opens: '9:00', closes: '17:30'}]\n"
    )
    hours = hours.replace("'9:00'", "09:00").replace("'17:30'", "17:30")
    (where / "calendars.yaml").unlink()
    found, problems = load(folder(where, clocks=hours))
    assert found is not None and not problems
    limit = clock(stack([found]), "c", TODAY)
    assert limit is not None and limit[1].office is not None
    assert limit[1].office.opens.hour == 9


class TestBuiltIn:
    def test_paper_numbers_are_printed_as_the_pattern_says(self):
        paper = resolve("jincheng").one("papers", PaperRule, "progress-report", TODAY)
        assert paper is not None and paper.number(2026, 3) == "第3期"

    def test_every_folder_loads_without_a_word(self):
        root = Path(__file__).parents[2] / "src/luodi/packs/builtin"
        names = sorted(path.name for path in root.iterdir())
        assert names == sorted(builtin_packs()) and "jincheng" in names and "linfen" in names
        for name in names:
            assert load(root / name, builtin_packs())[1] == []

    def test_every_make_up_day_stands_for_a_weekend_and_every_year_is_balanced(self):
        calendar = work_calendar(resolve("jincheng"))
        assert [calendar.known(year) for year in range(2022, 2028)] == [False] + [True] * 4 + [
            False
        ]
        worked = {
            y: len(list(calendar.between(date(y, 1, 1), date(y, 12, 31))))
            for y in (2023, 2024, 2025, 2026)
        }
        assert worked == {2023: 249, 2024: 251, 2025: 248, 2026: 248}

    def test_the_plans_units_are_all_known_and_collectives_expand(self):
        jincheng = resolve("jincheng")
        names = unit_names(jincheng)
        assert names["市工信局"] == names["市工业和信息化局"] == "industry"
        assert names["开发区管委会"] == names["晋城经开区"] == "etdz"
        assert len(expand(jincheng, ["all-counties", "city", "gaoping"])) == 7

    def test_the_two_cities_have_their_own_rhythm(self):
        found = cadence(resolve("jincheng"), "task-force-report", TODAY)
        assert found is not None and not found[0].confirmed
        turn = schedule(found[1], Period.parse("2026-02"), work_calendar(resolve("jincheng")))
        assert turn is not None
        assert (turn.opens_on, turn.due_on) == (date(2026, 2, 25), date(2026, 3, 6))
        weekly = cadence(resolve("linfen"), "weekly-dispatch", TODAY)
        assert weekly is not None and weekly[1].every == "week"
        assert cadence(resolve("linfen"), "task-force-report", TODAY) is None
        odd = cadence(resolve("jincheng"), "leading-group-dispatch", TODAY)
        assert odd is not None and odd[0].inferred and odd[1].months == (1, 3, 5, 7, 9, 11)

    def test_huozhou_answers_within_sixty_minutes_and_three_days(self):
        zone = resolve("huozhou")
        assert [p.key for p in zone.packs] == ["china", "linfen", "huozhou"]
        respond, handle = (clock(zone, f"request-{s}", TODAY) for s in ("respond", "handle"))
        assert respond is not None and handle is not None
        assert (respond[1].says(), handle[1].says()) == ("60分钟", "3个自然日")
        assert clock_for(zone, "nothing", TODAY) is None and clock(zone, "nothing", TODAY) is None

    @pytest.mark.parametrize("subject", ["measure", "step", "item"])
    def test_lights_are_never_green_without_a_deadline(self, subject):
        rules = light_rules(resolve("jincheng"), subject, TODAY)
        done = {"measure": "done", "step": "done", "item": "closed"}[subject]
        lights = {
            evaluate(rules, {**dated(due, TODAY), "state": state}).light
            for due, state in [
                (None, "open"), (date(2026, 3, 9), "open"), (date(2026, 3, 11), "open"),
                (date(2026, 9, 1), "open"), (None, done),
            ]
        }  # fmt: skip
        assert lights == {"none", "red", "yellow", "green", "done"}
        assert evaluate(rules, {**dated(None, TODAY), "state": "open"}).light == "none"

    def test_the_city_is_found_by_its_code(self):
        assert for_area("140502").key == "jincheng" and for_area("141082").key == "linfen"
        assert for_area("110000") is None
        with pytest.raises(KeyError):
            builtin("atlantis")


class TestStacks:
    def test_the_narrower_rule_replaces_the_wider_one(self, tmp_path):
        text = CLOCK.replace("key: c", "key: item-handle") + "    unit: day\n    amount: 9\n"
        mine, _ = load(folder(tmp_path, clocks=text))
        assert mine is not None
        whole = stack([*resolve("jincheng").packs, mine])
        found = clock(whole, "item-handle", TODAY)
        assert found is not None and found[1].amount == 9
        assert whole.origin("clocks", "item-handle") == "demo" == whole.key
        assert whole.origin("clocks", "item-verify") == "jincheng"
        assert whole.origin("clocks", "nothing") is None

    def test_a_stored_edition_reads_back_to_the_same_digest(self):
        for key in builtin_packs():
            whole = resolve(key)
            stored = json.loads(json.dumps(whole.content(), ensure_ascii=False))
            assert Stack.from_content(stored).digest == whole.digest

    def test_any_change_changes_the_digest_and_layout_does_not(self, tmp_path):
        text = CLOCK + "    unit: day\n    amount: 1\n"
        digests = []
        for body in (text, "# comment\n" + text, text.replace("amount: 1", "amount: 2")):
            found, _ = load(folder(tmp_path, clocks=body))
            assert found is not None
            digests.append(found.digest)
        assert digests[0] == digests[1] != digests[2]


class TestRegistry:
    def test_a_module_registers_its_kind_and_nobody_elses(self):
        assert "policies" in known_kinds() and schema_for("policies") is None
        register_schema("clocks", ClockRule)
        with pytest.raises(ValueError, match="already"):
            register_schema("clocks", CadenceRule)

    def test_a_kind_without_its_owner_is_kept_but_said_to_be_unchecked(self, tmp_path, monkeypatch):
        where = folder(tmp_path, policies=f"rules:\n  - key: l\n{OWNER}")
        found, problems = load(where)
        assert found is not None and [p.code for p in problems] == ["pack.unchecked"]
        assert "policies" in found.loose
        content = found.content()
        monkeypatch.setattr("luodi.packs.registry._schemas", {"policies": RuleBase})
        owned, problems = load(where)
        assert owned is not None and not problems
        monkeypatch.undo()
        assert Pack.from_content(owned.content()).loose["policies"][0]["key"] == "l"
        assert Pack.from_content(content).digest == found.digest


class TestCommand:
    def test_a_good_pack_passes_and_counts_what_is_unconfirmed(self, tmp_path):
        root = Path(__file__).parents[2] / "src/luodi/packs/builtin/jincheng"
        done = CliRunner().invoke(pack_command, ["check", str(root)])
        assert done.exit_code == 0 and "待确认" in done.output

    def test_a_bad_one_fails_in_text_and_json(self, tmp_path):
        where = folder(tmp_path, clocks="rules: 3\n")
        done = CliRunner().invoke(pack_command, ["check", str(where)])
        assert done.exit_code == 1 and "1 个错误" in done.output
        done = CliRunner().invoke(pack_command, ["check", str(where), "--format", "json"])
        report = json.loads(done.output)
        assert done.exit_code == 1 and report["pack"] is None
        assert report["problems"][0]["line"] == 1

    def test_the_list_names_the_built_in_packs(self):
        assert "linfen" in CliRunner().invoke(pack_command, ["list"]).output
        rows = json.loads(CliRunner().invoke(pack_command, ["list", "--format", "json"]).output)
        assert {row["key"] for row in rows} == set(builtin_packs())
