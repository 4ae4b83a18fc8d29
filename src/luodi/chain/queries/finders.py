"""Chains, their firms and target firms as search and other modules find them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from luodi.common.doors import Found

from ..models import ChainFirmState, IndustrialChainState, TargetFirmState


def find_chain(key: str) -> Found | None:
    """A chain as a subject."""
    state = IndustrialChainState.objects.open().filter(chain=key).first()
    if state is None:
        return None
    address = reverse("chain", args=[key])
    return Found(state.name, address, gettext_lazy("产业链"), state.summary, {"city": state.city})


def find_firm(key: str) -> Found | None:
    """A firm of the chains as a subject."""
    state = ChainFirmState.objects.open().filter(firm=key).first()
    if state is None:
        return None
    body = " ".join([state.credit_code, *state.former_names])
    address = reverse("chain_firm", args=[key])
    return Found(state.name, address, gettext_lazy("链上企业"), body, {"city": state.city})


def find_target(key: str) -> Found | None:
    """A target firm as a subject: found by those it is shown to."""
    state = TargetFirmState.objects.open().filter(target=key).select_related("target").first()
    if state is None:
        return None
    name = ChainFirmState.objects.open().filter(firm=state.target.firm_id).values_list("name")
    title = name.first()
    scope = {"city": state.target.city, "unit": state.unit}
    address = reverse("chain_target", args=[key])
    kind = gettext_lazy("目标企业")
    return Found(title[0] if title else "—", address, kind, state.wanted, scope)
