"""Files for each paper that an article asks for, new ones and those the house holds already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from ..queries import ClaimPage, HeldPaper, held_papers


class PaperForm(forms.Form):
    """One paper: files, the last day written on it, files held already, handed in on paper."""

    files = FilesField(label=_("上传文件"), required=False)
    until = forms.DateField(
        label=_("材料有效期至（写明的填写）"), required=False, widget=DayInput()
    )
    held = forms.MultipleChoiceField(required=False)
    copy = forms.BooleanField(label=_("已交纸质件"), required=False)

    def __init__(
        self,
        *args: Any,
        paper: str,
        held: Sequence[HeldPaper] = (),
        given: bool = False,
        fresh: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.given = paper, given
        keys = [one.file for one in held]
        self.fields["held"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        chosen = self.data.getlist(self.add_prefix("held")) if self.is_bound else keys
        self.offered = [(one, one.file in chosen or one.file in fresh) for one in held]

    @property
    def is_there(self) -> bool:
        """Whether the paper is given, or would be by what is ticked."""
        copied = self.is_bound and bool(self.data.get(self.add_prefix("copy")))
        return self.given or copied or any(ticked for _one, ticked in self.offered)


class PapersForm:
    """The papers of an article, one form each; the forms are named by their place."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        papers: Sequence[str],
        held: Mapping[str, Sequence[HeldPaper]],
        given: Sequence[str] = (),
        fresh: Sequence[str] = (),
    ) -> None:
        self.forms = [
            PaperForm(
                data, files, prefix=f"p{n}", paper=paper, held=held.get(paper, ()),
                given=paper in given, fresh=fresh,
            )
            for n, paper in enumerate(papers)
        ]  # fmt: skip

    def is_valid(self) -> bool:
        """Whether each is."""
        each = [form.is_valid() for form in self.forms]
        return all(each)

    @property
    def missing(self) -> list[str]:
        """The papers that nothing is there for yet."""
        return [form.paper for form in self.forms if not form.is_there]

    @property
    def copies(self) -> list[str]:
        """The papers handed in on paper."""
        return [form.paper for form in self.forms if form.cleaned_data.get("copy")]

    @property
    def held(self) -> list[str]:
        """The keys of the files chosen among those held."""
        return [key for form in self.forms for key in form.cleaned_data.get("held", ())]


def papers_of_claim(
    page: ClaimPage, viewer: Viewer, moment: Moment, data: Any = None, files: Any = None
) -> PapersForm:
    """The papers of a claim, with what the house holds of its firm and isn't with it yet."""
    names = [one.name for one in page.papers]
    there = {key for one in page.papers for key, _name in one.files}
    held = held_papers(page.row.enterprise, names, viewer, moment)
    more = {name: [one for one in some if one.file not in there] for name, some in held.items()}
    given = [one.name for one in page.papers if one.given]
    return PapersForm(data, files, papers=names, held=more, given=given)
