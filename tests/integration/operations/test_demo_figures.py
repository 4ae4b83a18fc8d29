"""The demo's enterprises and figures: generated, said so, and filed through the pack's forms."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from luodi.audit.queries import verify
from luodi.cli.demo import figures
from luodi.cli.demo.calendar import china
from luodi.cli.demo.people import found
from luodi.collection.models import Filing, FilingState
from luodi.indicators.models import Value
from luodi.orgs.models import EnterpriseState, PersonDetails
from luodi.orgs.rules import code_fault

MONTHS = ["2025-11", "2025-12"]


@pytest.fixture
def cast(own_data, monkeypatch):
    monkeypatch.setattr(figures, "MONTHS", MONTHS)
    cast = found(china(date(2026, 1, 5)))
    figures.begin(cast)
    return cast


@pytest.mark.django_db(databases="__all__")
def test_enterprises_and_figures_say_that_they_are_generated_and_two_forms_are_open(cast):
    firms = list(EnterpriseState.objects.open())
    assert len(firms) == 60 and len({firm.credit_code for firm in firms}) == 60
    assert all(f.generated and f.name.startswith("演示企业") for f in firms)
    assert all(code_fault(f.credit_code) == "" and "999999" in f.credit_code for f in firms)
    assert set(Value.objects.values_list("origin", flat=True)) == {"生成的演示数据"}
    assert set(Value.objects.values_list("period", flat=True)) == set(MONTHS)
    assert Value.objects.exclude(enterprise="").count() == 60 * 6 * len(MONTHS)
    assert all(PersonDetails.objects.values_list("generated", flat=True))

    figures.open_forms(cast, "2026-01", china(date(2026, 2, 3)))
    codes = dict(Filing.objects.values_list("key", "form__code"))
    stages = Counter((codes[s.filing_id], s.stage) for s in FilingState.objects.open())
    assert stages["zone-month", "submitted"] == 1 and stages["enterprise-month", "returned"] == 1
    assert stages["zone-month", "open"] == 10 and stages["enterprise-month", "open"] == 39
    assert verify().breaks == ()
