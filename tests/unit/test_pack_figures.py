"""Facts and forms of packs: what is wrong is told; what is built in holds together."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from luodi.kit.checking import Field, comparing, rules_of
from luodi.kit.formulas import Book, Declared, prepare
from luodi.kit.quantities import unit
from luodi.packs import builtin_packs, load, resolve
from luodi.packs.schemas import AreaRule, FactRule, FormRule, IndicatorRule

HEAD = "key: demo\nlevel: city\nname: 示例市\nname_en: Demo\n"
OWNER = "    owner: {body: city, name: 示例市}\n    source: 示例文件\n"
UNITS = f"rules:\n  - key: z\n{OWNER}    kind: fact\n    name: 甲区\n    type: zone\n"
INDICATORS = (
    f"rules:\n  - key: output\n{OWNER}    kind: rule\n    name: 产值\n    name_en: Output\n"
    "    unit: 亿元\n    scale: 2\n    period: month\n    measure: flow\n    counts: in_period\n"
    "    purpose: dispatch\n    answers: z\n    definition: 产值\n"
)
FACT = (
    f"rules:\n  - key: f\n{OWNER}    kind: fact\n    indicator: output\n    name: 产值\n"
    "    name_en: Output\n    subject: 全市\n    period: '2023'\n    value: '1.5'\n"
    "    unit: 亿元\n    document: 综述\n"
)
FORM = (
    f"rules:\n  - key: m\n{OWNER}    kind: rule\n    title: 月报\n    title_en: Report\n"
    "    authority: 商务局\n    asks: z\n    period: month\n"
    "    opens: {base: next_period, count: day, number: 1}\n"
    "    due: {base: next_period, count: workday, number: 8}\n"
    "    respondents: {kinds: [zone]}\n    rows: [{key: r, label: 产值, indicator: output}]\n"
    "    columns: [{key: c, label: 本期}]\n    purpose: dispatch\n"
)


def codes(where: Path, **files: str) -> set[str]:
    given = {"pack": HEAD, "units": UNITS, "indicators": INDICATORS, **files}
    for name, text in given.items():
        (where / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {problem.code for problem in load(where, builtin_packs())[1]}


def test_a_sound_pack_of_figures_has_no_faults(tmp_path):
    assert codes(tmp_path, facts=FACT, forms=FORM) == set()


@pytest.mark.parametrize(
    ("kind", "text", "old", "new", "code"),
    [
        ("facts", FACT, "value: '1.5'", "value: 约一", "schema.string_pattern_mismatch"),
        ("facts", FACT, "unit: 亿元", "unit: 斗", "schema.value_error"),
        ("facts", FACT, "kind: fact", "kind: rule", "schema.value_error"),
        ("facts", FACT, "indicator: output", "indicator: nothing", "pack.unknown_indicator"),
        ("forms", FORM, "asks: z", "asks: nobody", "pack.unknown_unit"),
        ("forms", FORM, "{kinds: [zone]}", "{}", "schema.value_error"),
        ("forms", FORM, "indicator: output", "indicator: nothing", "pack.unknown_indicator"),
        ("forms", FORM, ", indicator: output", "", "schema.value_error"),
        ("forms", FORM, "purpose: dispatch", "purpose: statistics", "schema.value_error"),
        ("forms", FORM, "rows: [{key: r", "rows_by: units\n    rows: [{key: r",
         "schema.value_error"),
        ("forms", FORM, "purpose:", "checks: [{key: c, kind: formula}]\n    purpose:",
         "schema.value_error"),
        ("forms", FORM, "purpose:",
         "checks: [{key: c, kind: outlier, indicator: output}]\n    purpose:",
         "schema.value_error"),
        ("forms", FORM, "[{key: c, label: 本期}]",
         "[{key: c, label: 本期}, {key: c, label: 上期}]", "schema.value_error"),
        ("forms", FORM, "purpose:", "valid_from: 2026-01-01\n    valid_to: 2025-01-01\n    purpose:",
         "schema.value_error"),
    ],
)  # fmt: skip
def test_each_fault_is_told(tmp_path, kind, text, old, new, code):
    assert old in text
    assert code in codes(tmp_path, **{kind: text.replace(old, new, 1)})


@pytest.mark.parametrize("city", ["jincheng", "linfen"])
def test_stated_shares_are_recomputed_from_their_stated_parts(city):
    for fact in resolve(city).all("facts", FactRule):
        if fact.rate and fact.rate.over and fact.rate.recomputes == "rounded":
            above, below = fact.rate.over.split("/")
            places = len(fact.value.partition(".")[2])
            exact = Fraction(above) / Fraction(below) * 100
            assert abs(exact - Fraction(fact.value)) <= Fraction(1, 2 * 10**places), fact.key


def test_what_a_text_leaves_open_is_said():
    facts = {fact.key: fact for fact in resolve("jincheng").all("facts", FactRule)}
    assert "分子" in facts["output-per-mu-goal"].open_point
    both = {facts[key].indicator for key in facts if key.startswith("promised-benefit")}
    assert both == {"promised-benefit-rate-count", "promised-benefit-rate-value"}
    assert all(fact.source and fact.document for fact in facts.values())
    assert {facts["batch-start-rate-2023"].rate.base} == {"签约一批（2022年以来七次活动）"}


@pytest.mark.parametrize("city", ["jincheng", "linfen"])
def test_formulas_of_the_dictionary_are_computable(city):
    rules = resolve(city).all("indicators", IndicatorRule)
    book = Book.of([Declared(r.key, unit(r.unit), r.scale, r.name) for r in rules if not r.formula])
    assert isinstance(book, Book)
    for rule in rules:
        if rule.formula:
            formula = prepare(rule.formula, book, unit(rule.unit), rule.scale)
            assert hasattr(formula, "needs"), (rule.key, formula)


def test_checks_of_the_forms_are_read(tmp_path):
    stack = resolve("jincheng")
    defined = {rule.key: rule for rule in stack.all("indicators", IndicatorRule)}
    forms = stack.all("forms", FormRule)
    assert {form.key for form in forms} == {"zone-month", "enterprise-month", "cluster-quarter"}
    for form in forms:
        asked = [defined[key] for key in sorted(form.indicators())]
        book = Book.of([Declared(r.key, unit(r.unit), r.scale, r.name) for r in asked])
        fields = {r.key: Field(r.key, r.name, unit(r.unit), r.scale) for r in asked}
        rules, refusals = rules_of([c.stored() for c in form.checks], fields, comparing(book))
        assert rules and not refusals, (form.key, refusals)
        assert form.purpose != "statistics" or form.approval


def test_the_map_covers_the_counties_and_says_it_is_a_sketch():
    areas = resolve("jincheng").all("areas", AreaRule)
    counties = {"chengqu", "zezhou", "gaoping", "yangcheng", "lingchuan", "qinshui"}
    assert {area.means for area in areas} == counties | {"etdz"}
    assert all(area.schematic and "示意图" in area.note for area in areas)
