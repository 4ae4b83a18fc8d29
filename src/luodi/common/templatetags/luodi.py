"""How values look on a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from luodi.common.languages import language
from luodi.common.periods import period_label
from luodi.common.tables import lamp_html, light_html, light_of, shown, standing_html

register = template.Library()


@register.filter
def dash(value: Any) -> str:
    """A value in words, a dash for nothing."""
    return shown(value)


@register.filter
def is_picture(name: str) -> bool:
    """Whether a browser can show a file of this name as a picture."""
    return name.lower().endswith((".jpg", ".jpeg", ".png"))


@register.filter
def sentence_address(key: str) -> str:
    """The address of a sentence by its key `sha256:start:end`; '' for none."""
    parts = (key or "").split(":")
    return reverse("sentence", args=parts) if len(parts) == 3 else ""


@register.filter
def period(key: str) -> str:
    """A period in words by its key."""
    return period_label(key)


@register.filter
def says(verdict: Any) -> str:
    """Why a verdict shows its light, in the reader's language."""
    return verdict.says(language())


@register.simple_tag
def light(verdict: Any) -> SafeString:
    """A light by shape and word, its rule and facts on hover."""
    return mark_safe(light_html(*light_of(verdict)))


@register.simple_tag
def light_word(light: str, why: str = "") -> SafeString:
    """A light's shape and word by its name."""
    return mark_safe(light_html(light, why))


@register.simple_tag
def standing(verdict: Any) -> SafeString:
    """A light's shape beside its reason, for what has no limit of time."""
    return mark_safe(standing_html(*light_of(verdict)))


@register.simple_tag
def lamp(verdict: Any) -> SafeString:
    """A light's shape alone, for a row of many; the word is there for who can't see it."""
    return mark_safe(lamp_html(*light_of(verdict)))


@register.inclusion_tag("common/list.html", takes_context=True)
def ledger_table(context: dict[str, Any], table: Any) -> dict[str, Any]:
    """A table with its filter form, groupings, count and Excel link."""
    return {"table": table, "request": context.get("request")}
