"""Three kinds of table only, and foreign keys that point down the stack."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from .tree import levels, target_module

KINDS = frozenset({"Fact", "Identity", "State", "WorkingPaper"})
OF_THEIR_OWN = frozenset({"audit.Act", "audit.ActSubject", "orgs.Account"})
"""The acts themselves with their index, and the accounts people sign in with."""


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("luodi.")]


def kinds(model: type[models.Model]) -> set[str]:
    return {c.__name__ for c in model.__mro__ if c.__module__.startswith("luodi.audit.models")}


def test_every_table_is_of_one_of_the_three_kinds():
    wrong = [
        model._meta.label
        for model in own_models()
        if model._meta.label not in OF_THEIR_OWN and len(kinds(model) & KINDS) != 1
    ]
    assert not wrong, "subclass one of Fact, Identity/State, WorkingPaper of audit.models"


def test_every_state_allows_one_open_row():
    wrong = [
        model._meta.label
        for model in own_models()
        if "State" in kinds(model)
        and not any(c.name.endswith("_one_open") for c in model._meta.constraints)
    ]
    assert not wrong, "constrain it with audit.models.one_open"


def test_facts_and_states_have_no_hidden_tables():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        if kinds(model) & (KINDS - {"WorkingPaper"})
        for field in model._meta.local_many_to_many
    ]
    assert not wrong, "a many-to-many table keeps no history: write rows of a kind instead"


def test_foreign_keys_point_down_the_stack():
    wrong = []
    for model in own_models():
        own = target_module(model.__module__)
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            target = target_module(field.related_model.__module__)
            if target and target != own and levels()[target] >= levels()[own]:
                wrong.append(f"{model._meta.label}.{field.name} -> {target}")
    assert not wrong, "a foreign key never points upward or sideways"
