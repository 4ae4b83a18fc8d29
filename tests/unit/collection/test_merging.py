"""Two people in one form: nothing either typed is lost."""

from __future__ import annotations

from luodi.collection.rules.merging import first, merge


def after(draft, typed, *, seen, by):
    return merge(
        cells=draft.cells, stamps=draft.stamps, conflicts=draft.conflicts, typed=typed,
        seen=seen, version=draft.version + 1, by=by,
    )  # fmt: skip


def test_each_keeps_their_own_cells_and_hears_of_the_others():
    one = first({"a:x": "1"}, "anna")
    two = after(one, {"b:x": "2"}, seen=0, by="bert")
    assert two.cells == {"a:x": "1", "b:x": "2"}
    assert two.theirs == {"a:x": "1"} and not two.clashes


def test_a_cell_both_typed_keeps_both_texts_until_somebody_decides():
    one = first({"a:x": "1"}, "anna")
    two = after(one, {"a:x": "9"}, seen=0, by="bert")
    assert two.cells == {"a:x": "1"}
    assert two.conflicts == {"a:x": {"typed": "9", "by": "bert", "held": "1", "held_by": "anna"}}
    assert two.theirs == {"a:x": "1"}
    three = after(two, {"a:x": "9"}, seen=2, by="bert")
    assert three.cells == {"a:x": "9"} and not three.conflicts


def test_the_same_text_twice_is_no_conflict_and_ones_own_cell_neither():
    one = first({"a:x": "1", "b:x": ""}, "anna")
    assert one.cells == {"a:x": "1"}
    assert not after(one, {"a:x": "1"}, seen=0, by="bert").clashes
    assert after(one, {"a:x": "5"}, seen=0, by="anna").cells == {"a:x": "5"}


def test_an_emptied_cell_counts_as_typed():
    one = after(first({"a:x": "1"}, "anna"), {"a:x": ""}, seen=1, by="anna")
    assert one.cells == {"a:x": ""}
    two = after(one, {"a:x": "7"}, seen=1, by="bert")
    assert two.clashes["a:x"]["held"] == ""
