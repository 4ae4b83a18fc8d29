"""What people type: a file or pasted text, corrections of what was read, words on a finding."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from luodi.documents.rules import MOST_BYTES
from luodi.kit.articles import sum_of
from luodi.kit.quantities import show
from luodi.kit.refusals import Refusal
from luodi.ledger.forms import DayInput, Words

from .choices import CardKind
from .rules.commitments import ROLES, first_words
from .rules.findings import MOST_CORRECTION

MOST_CHARS = 2_000_000
MOST_UNITS = 60


class ImportForm(forms.Form):
    """One file, or pasted text. A file over the limit is refused by its size, unread."""

    file = forms.FileField(required=False, allow_empty_file=True, max_length=255)
    text = forms.CharField(required=False, strip=False, max_length=MOST_CHARS)
    title = forms.CharField(required=False, max_length=120)

    def clean_file(self) -> UploadedFile | None:
        """The upload, unread; its size is known from the request."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and file.size and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("文件有 %(mb)d MB，超过 %(most)d MB 的上限，没有保存。请拆成几个文件再导入。")
                % {"mb": file.size // 1024 // 1024, "most": MOST_BYTES // 1024 // 1024}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        data = super().clean() or {}
        file, text = data.get("file"), (data.get("text") or "").strip()
        if not self.errors and not file and not text:
            raise forms.ValidationError(_("请选择一个文件，或粘贴文件的全文。"))
        if file and text:
            raise forms.ValidationError(_("文件和粘贴的文字只能选一种，请清空其中一种。"))
        return data

    def content(self) -> tuple[str, bytes]:
        """Name and bytes to import; only asked for once the form is valid."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read()
        text: str = self.cleaned_data["text"]
        name = self.cleaned_data["title"] or first_words(text) or _("粘贴的文字")
        return f"{name}.txt", text.encode()


class CardForm(forms.Form):
    """What every card has: a version, and whether saving accepts it."""

    accept = forms.BooleanField(required=False)

    def changes(self) -> dict[str, Any]:
        """The entries of the card's data to replace; '' is written as nothing."""
        data = {k: v for k, v in self.cleaned_data.items() if k != "accept"}
        return {k: v.strip() if isinstance(v, str) else v for k, v in data.items()}


class MeasureForm(CardForm):
    title = forms.CharField(label=gettext_lazy("标题"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("正文"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )
    deadline = forms.CharField(label=gettext_lazy("时限（按原文）"), required=False, max_length=60)

    def units(self) -> list[dict[str, str]]:
        """The rows of units: name and role; an empty name takes a row away."""
        names = self.data.getlist("unit_name")[:MOST_UNITS]  # type: ignore[union-attr]
        roles = self.data.getlist("unit_role")  # type: ignore[union-attr]
        rows: dict[str, dict[str, str]] = {}
        for name, role in zip(names, roles, strict=False):
            name = name.strip()[:120]
            if name and role in ROLES:
                rows.setdefault(name, {"name": name, "role": role})
        return list(rows.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        leads = [row["name"] for row in self.units() if row["role"] == "lead"]
        if len(leads) > 1:
            raise forms.ValidationError(
                _("牵头单位只能有一个，现在有：%(names)s。") % {"names": "、".join(leads)}
            )
        return data

    def changes(self) -> dict[str, Any]:
        return super().changes() | {"units": self.units()}


class PolicyForm(MeasureForm):
    """An article of a policy: what it grants, how and when it is had, on what papers."""

    deadline = None
    amount = forms.CharField(
        label=gettext_lazy("金额或上限（如 50万元；没有写明不填）"), required=False, max_length=30
    )
    share = forms.CharField(
        label=gettext_lazy("比例（%，没有不填）"), required=False, max_length=10
    )
    base = forms.CharField(label=gettext_lazy("比例的基数"), required=False, max_length=60)
    each = forms.CharField(label=gettext_lazy("计发单位（如 每人）"), required=False, max_length=20)
    mode = forms.ChoiceField(
        label=gettext_lazy("兑现方式"),
        choices=[("applied", gettext_lazy("快申快享")), ("automatic", gettext_lazy("免申即享"))],
    )
    window_from = forms.DateField(label=gettext_lazy("申报开始"), required=False, widget=DayInput())
    window_until = forms.DateField(
        label=gettext_lazy("申报截止"), required=False, widget=DayInput()
    )
    materials = forms.CharField(
        label=gettext_lazy("申报材料（一行一件）"), required=False, widget=Words(), max_length=4_000
    )
    since = forms.DateField(label=gettext_lazy("施行日期"), required=False, widget=DayInput())
    until = forms.DateField(label=gettext_lazy("有效期至"), required=False, widget=DayInput())

    def clean_amount(self) -> str:
        """The amount in 元, exactly; '' where none is written."""
        said = (self.cleaned_data["amount"] or "").strip()
        if not said:
            return ""
        read = sum_of(said)
        if isinstance(read, Refusal) or read <= 0:
            raise forms.ValidationError(_("金额读不出，请写成 50万元 或 500000。"))
        return show(read, 2)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for first, last in (("window_from", "window_until"), ("since", "until")):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, _("截止日期早于开始日期，请核对。"))
        return data

    def changes(self) -> dict[str, Any]:
        """Days as they are written in the card's data."""
        found = super().changes()
        days = ("window_from", "window_until", "since", "until")
        return found | {day: found[day].isoformat() if found[day] else "" for day in days}


NUMBER = {
    "invalid": gettext_lazy("请写成数字，例如 120 或 3.5；计量单位写在旁边一格。"),
    "max_digits": gettext_lazy("数字太长，最多 18 位。"),
    "max_whole_digits": gettext_lazy("数字太大，请换用更大的计量单位。"),
    "max_decimal_places": gettext_lazy("小数最多 6 位。"),
}


def number_field(label: Any, *, required: bool = True) -> forms.DecimalField:
    """A field for a figure, with refusals in words."""
    return forms.DecimalField(
        label=label, required=required, max_digits=18, decimal_places=6, error_messages=NUMBER
    )


def plain(number: Decimal) -> str:
    """A figure as the compiler writes it: no exponent, no zeros behind."""
    return format(number.normalize(), "f")


NATURES = (gettext_noop("约束性"), gettext_noop("预期性"))
"""Whether a target binds or is expected, in the words of plans; stored as written."""


class IndicatorForm(CardForm):
    name = forms.CharField(label=gettext_lazy("指标"), max_length=120)
    entity = forms.CharField(label=gettext_lazy("主体"), required=False, max_length=120)
    comparator = forms.ChoiceField(
        label=gettext_lazy("要求"),
        choices=[("=", "＝"), (">=", "≥"), ("<=", "≤"), (">", "＞"), ("<", "＜"), ("~", "≈")],
    )
    value = number_field(gettext_lazy("目标值"))
    value_to = number_field(gettext_lazy("区间上限（没有不填）"), required=False)
    unit = forms.CharField(label=gettext_lazy("计量单位"), max_length=20)
    period = forms.CharField(label=gettext_lazy("时期"), required=False, max_length=30)
    nature = forms.ChoiceField(
        label=gettext_lazy("性质"),
        required=False,
        choices=[
            ("", gettext_lazy("未写明")),
            *((nature, gettext_lazy(nature)) for nature in NATURES),
        ],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("value"), data.get("value_to")
        if low is not None and high is not None and high <= low:
            self.add_error(
                "value_to",
                _("区间上限 %(high)s 要大于目标值 %(low)s；不是区间就不填。")
                % {"high": plain(high), "low": plain(low)},
            )
        return data

    def changes(self) -> dict[str, Any]:
        found = super().changes()
        high = found.pop("value_to")
        upper = {"value_to": plain(high)} if high is not None else {"value_to": None}
        return found | {"value": plain(found["value"]), "nature": found["nature"] or None} | upper


class OrganForm(CardForm):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    term_from = forms.RegexField(
        r"^(\d{4}-\d{2}(-\d{2})?)?$",
        label=gettext_lazy("任期起"),
        required=False,
        error_messages={"invalid": gettext_lazy("请写成 2025-01 或 2025-01-31。")},
    )
    term_to = forms.RegexField(
        r"^(\d{4}-\d{2}(-\d{2})?)?$",
        label=gettext_lazy("任期止"),
        required=False,
        error_messages={"invalid": gettext_lazy("请写成 2025-01 或 2025-01-31。")},
    )

    def changes(self) -> dict[str, Any]:
        data = super().changes()
        return {
            "name": data["name"],
            "term": {"from": data["term_from"] or None, "to": data["term_to"] or None},
        }


class ProjectForm(CardForm):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    investment_value = number_field(gettext_lazy("投资"), required=False)
    investment_unit = forms.CharField(label=gettext_lazy("计量单位"), required=False, max_length=20)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        value, unit = data.get("investment_value"), data.get("investment_unit")
        if value is not None and not unit:
            self.add_error("investment_unit", _("写了投资，就要写计量单位，例如 亿元。"))
        if unit and value is None and "investment_value" not in self.errors:
            self.add_error("investment_value", _("写了计量单位，就要写投资的数字。"))
        return data

    def changes(self) -> dict[str, Any]:
        data = super().changes()
        value, unit = data["investment_value"], data["investment_unit"]
        money = {"value": plain(value), "unit": unit} if value is not None else None
        return {"name": data["name"], "investment": money}


class SystemForm(CardForm):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    status = forms.ChoiceField(
        label=gettext_lazy("状态"),
        choices=[
            ("to_build", gettext_lazy("要建")),
            ("existing", gettext_lazy("已有")),
            ("unclear", gettext_lazy("看不出")),
        ],
    )


def _lines(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=6_000
    )


def lines_of(text: str) -> list[str]:
    """The lines of a box, each once, without empty ones."""
    return list(dict.fromkeys(line.strip()[:120] for line in text.splitlines() if line.strip()))


class SegmentForm(CardForm):
    name = forms.CharField(label=gettext_lazy("环节"), max_length=60)
    chain = forms.CharField(label=gettext_lazy("产业链"), max_length=60)
    products = _lines(gettext_lazy("产品（一行一个）"))
    techniques = _lines(gettext_lazy("技术（一行一个）"))

    def changes(self) -> dict[str, Any]:
        found = super().changes()
        return found | {name: lines_of(found[name]) for name in ("products", "techniques")}


class TargetForm(CardForm):
    name = forms.CharField(label=gettext_lazy("分组"), max_length=120)
    wanted = forms.CharField(label=gettext_lazy("产品"), required=False, max_length=60)
    chain = forms.CharField(label=gettext_lazy("产业链"), required=False, max_length=60)
    firms = _lines(gettext_lazy("企业（一行一家）"))

    def changes(self) -> dict[str, Any]:
        found = super().changes()
        return found | {"firms": lines_of(found["firms"])}


FORMS: dict[str, type[CardForm]] = {
    CardKind.MEASURE: MeasureForm,
    CardKind.INDICATOR: IndicatorForm,
    CardKind.ORGAN: OrganForm,
    CardKind.PROJECT: ProjectForm,
    CardKind.SYSTEM: SystemForm,
    CardKind.POLICY: PolicyForm,
    CardKind.SEGMENT: SegmentForm,
    CardKind.TARGET: TargetForm,
}


def initial_of(data: dict[str, Any]) -> dict[str, Any]:
    """A card's data as its form begins."""
    term, money = data.get("term") or {}, data.get("investment") or {}
    lists = {name: "\n".join(data.get(name, [])) for name in ("products", "techniques", "firms")}
    return (
        data
        | lists
        | {
            "term_from": term.get("from") or "",
            "term_to": term.get("to") or "",
            "investment_value": money.get("value"),
            "investment_unit": money.get("unit") or "",
        }
    )


class SeenForm(forms.Form):
    """A step on a finding: `seen` is the position of the state the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(SeenForm):
    """What should be printed instead; left empty, the note asks to verify."""

    correction = forms.CharField(required=False, max_length=MOST_CORRECTION)


class DismissForm(SeenForm):
    """Why a finding is none. The action asks for the reason, so that every door does."""

    reason = forms.CharField(required=False, max_length=2_000)


class SuperviseForm(SeenForm):
    """A supervised item about a finding."""

    title = forms.CharField(label=gettext_lazy("事项名称"), max_length=200)
    content = forms.CharField(
        label=gettext_lazy("具体要求"), required=False, widget=Words(), max_length=20_000
    )
    lead = forms.ChoiceField(label=gettext_lazy("牵头单位"))
    due_on = forms.DateField(
        label=gettext_lazy("办理时限"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("不填就是“未设时限”。"),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", ""), *units]  # type: ignore[attr-defined]
