"""The figures a unit is asked for with its reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import in_one_line
from luodi.common.moments import Moment
from luodi.indicators.queries import AskedFigure, asked_for, figure_problems


def asked_figures(
    units: Iterable[str], measures: Iterable[str], moment: Moment, period: str = ""
) -> dict[tuple[str, str], list[AskedFigure]]:
    """What is asked, by unit and measure; about a period, what has a figure of its own then."""
    wanted = set(units)
    found = asked_for([subject_key("measure", key) for key in measures], moment, period)
    return {
        (unit, split_subject(subject)[1]): figures
        for (subject, unit), figures in found.items()
        if unit in wanted
    }


def figure_fault(asked: Iterable[AskedFigure], typed: Mapping[str, str], moment: Moment) -> str:
    """What is wrong with the typed figures of a report, in one sentence; empty where nothing."""
    return in_one_line(figure_problems(only_asked(asked, typed), moment).values())


def only_asked(asked: Iterable[AskedFigure], typed: Mapping[str, str]) -> dict[str, str]:
    """The typed figures that the unit is asked for; others are nobody's to write."""
    known = {figure.indicator for figure in asked}
    return {key: value for key, value in typed.items() if key in known and value.strip()}
