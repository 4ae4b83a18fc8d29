"""统一社会信用代码: the check character of GB 32100-2015, and what a wrong code is told."""

from __future__ import annotations

import pytest

from factories.city import credit_code
from luodi.orgs.rules import CODE_LETTERS, check_character, code_fault, plain_code

STANDARD = "91350100M000100Y43"
"""The example that GB 32100-2015 computes in its appendix."""


def test_the_standards_own_example_holds():
    assert check_character(STANDARD[:17]) == "3"
    assert code_fault(STANDARD) == ""


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "length"),
        (STANDARD[:-1], "length"),
        (STANDARD + "3", "length"),
        (STANDARD.replace("Y", "I"), "letters"),
        ("91A50100M000100Y43", "area"),
        (STANDARD[:-1] + "4", "check"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong(code, fault):
    assert code_fault(code) == fault


def test_any_one_character_typed_wrong_is_noticed():
    for place in range(17):
        for other in CODE_LETTERS:
            if other != STANDARD[place]:
                assert code_fault(STANDARD[:place] + other + STANDARD[place + 1 :])


def test_spaces_hyphens_full_width_and_small_letters_are_read():
    assert plain_code(" 91350100-M000 100y43 ") == STANDARD
    assert plain_code("９１３５０１００Ｍ０００１００Ｙ４３") == STANDARD


def test_generated_codes_are_well_formed_and_of_no_real_area():
    codes = [credit_code(n) for n in range(200)]
    assert len(set(codes)) == 200
    assert all(code_fault(code) == "" and code[2:8] == "999999" for code in codes)
