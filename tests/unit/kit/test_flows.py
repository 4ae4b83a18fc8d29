"""Lifecycles as tables."""

from __future__ import annotations

import pytest

from luodi.kit.flows import Flow, Move, Need, State, Step
from luodi.kit.refusals import Refusal

REPORT = Flow(
    "report",
    [State("draft", "草稿", "Draft"), "sent", State("done", "已采用", "Accepted", final=True)],
    "draft",
    [
        Move(
            "send", ["draft"], "sent", ["clerk"], [Need("text", "进展", "progress")], "上报", "Send"
        ),
        Move("return", ["sent"], "draft", ["office"], ["reason"]),
        Move("accept", ["sent"], "done"),
    ],
)


def test_a_move_with_everything_present_is_a_step():
    step = REPORT.move("draft", "send", {"text": "已完成选址"}, ["clerk"])
    assert isinstance(step, Step) and step.target == "sent"
    assert REPORT.move("sent", "return", ["reason"], {"office"}) == Step(
        "report", REPORT.moves[1], "sent", "draft"
    )
    assert REPORT.move("sent", "accept")


@pytest.mark.parametrize(
    ("state", "name", "present", "roles", "code"),
    [
        ("lost", "send", {}, [], "flow.unknown_state"),
        ("draft", "fly", {}, [], "flow.unknown_move"),
        ("sent", "send", {}, ["clerk"], "flow.wrong_state"),
        ("draft", "send", {"text": "x"}, ["office"], "flow.wrong_role"),
        ("draft", "send", {}, ["clerk"], "flow.missing"),
    ],
)
def test_refusals_are_values_with_a_sentence(state, name, present, roles, code):
    refusal = REPORT.move(state, name, present, roles)
    assert isinstance(refusal, Refusal) and not refusal
    assert refusal.code == code
    assert str(refusal) == refusal.says() != refusal.says("en")


@pytest.mark.parametrize("value", [None, False, "", "  ", [], {}])
def test_an_empty_fact_is_not_present(value):
    assert not REPORT.move("draft", "send", {"text": value}, ["clerk"])


@pytest.mark.parametrize("value", [0, "x", ["a"], True])
def test_zero_is_present(value):
    assert REPORT.move("draft", "send", {"text": value}, ["clerk"])


def test_only_ones_own_moves_are_available():
    assert [m.name for m in REPORT.available("sent")] == ["accept"]
    assert [m.name for m in REPORT.available("sent", ["office"])] == ["return", "accept"]
    assert REPORT.moves[1].label() == "return" and REPORT.moves[0].label("en") == "Send"


def test_the_diagram_is_drawn_from_the_table():
    text = REPORT.mermaid()
    assert "draft --> sent: 上报" in text and "done --> [*]" in text and "[*] --> draft" in text
    assert "draft --> sent: Send" in REPORT.mermaid("en")


@pytest.mark.parametrize(
    ("states", "start", "moves", "fault"),
    [
        (["a", "a"], "a", [], "twice"),
        (["a"], "b", [], "no state"),
        (["a"], "a", [Move("m", ["a"], "x")], "no state x"),
        (["a", "b"], "a", [], "can't be reached"),
        ([State("a", final=True), "b"], "a", [Move("m", ["a"], "b")], "leaves the final"),
        (["a", "b"], "a", [Move("m", ["a"], "b"), Move("m", ["a"], "a")], "from a twice"),
    ],
)
def test_a_faulty_table_is_refused_when_made(states, start, moves, fault):
    with pytest.raises(ValueError, match=fault):
        Flow("bad", states, start, moves)
