"""What a person says about a project ledger: the file, and what its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..queries import LedgerWordShown

NOTHING = "-"
"""Chosen where a word says nothing of a project."""


class LedgerForm(forms.Form):
    """A file of projects."""

    file = forms.FileField(label=_("项目台账文件（.xlsx 或 .csv）"))


class WordsForm(forms.Form):
    """For each word what it means; the nearest names come first."""

    def __init__(self, *args: Any, words: Sequence[LedgerWordShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"word-{n}": (one.field, one.word) for n, one in enumerate(words)}
        for name, one in zip(self.places, words, strict=True):
            near = dict(one.nearest)
            others = [pair for pair in one.choices if pair[0] not in near]
            choices: list[Any] = [("", _("还没有说"))]
            if near:
                choices.append((_("最相近的"), list(near.items())))
            choices += [(_("全部"), others), (NOTHING, _("不算内容，留空"))]
            label = f"{one.label}“{one.word}”×{one.count}"
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=NOTHING if one.means == "" else one.means,
            )

    @property
    def meanings(self) -> dict[tuple[str, str], str]:
        """Field and word to what was chosen; '' for what says nothing."""
        given = {name: self.cleaned_data.get(name, "") for name in self.places}
        return {
            self.places[name]: "" if said == NOTHING else said
            for name, said in given.items()
            if said
        }
