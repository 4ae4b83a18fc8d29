"""What a timeline calls the acts that name a month."""

from __future__ import annotations

import pytest

from luodi.papers.choices import DEEDS
from luodi.plans.queries.timeline import words_for


@pytest.mark.parametrize("verb", sorted(DEEDS))
def test_what_is_done_to_the_months_report_has_words_on_the_months_page(verb):
    assert words_for(verb) != verb
