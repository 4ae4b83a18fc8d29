"""What the register knows of enterprises, as facts that conditions ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment

from ..models import EnterpriseState

COLUMNS = ("unit", "county", "industry_code", "cluster", "size_class", "standing")


def registered(column: str) -> Any:
    """The fact source of a column: its value for each enterprise that has one."""

    def values(subjects: Iterable[str], moment: Moment) -> Mapping[str, Any]:
        kinds = (split_subject(subject) for subject in subjects)
        keys = [key for kind, key in kinds if kind == "enterprise"]
        rows = EnterpriseState.objects.at(moment).filter(of__in=keys).exclude(**{column: ""})
        return {
            subject_key("enterprise", key): value for key, value in rows.values_list("of", column)
        }

    return values


def industry_sections(subjects: Iterable[str], moment: Moment) -> Mapping[str, Any]:
    """The section (门类) of each enterprise's industry: the letter of its GB/T 4754 code."""
    codes = registered("industry_code")(subjects, moment)
    return {key: code[0].lower() for key, code in codes.items() if code[:1].isalpha()}
