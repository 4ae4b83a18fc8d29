"""Every address × every role, against the matrix declared in access_matrix.yaml.

The addresses are enumerated from the router, so that none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luodi.orgs.choices import Role

MATRIX = yaml.safe_load(Path(__file__).with_name("access_matrix.yaml").read_text())
ANYONE = "anyone"
SAMPLES = {
    "key": "0" * 16,
    "year": "2026",
    "sha256": "0" * 64,
    "start": "0",
    "end": "1",
    "name": "x.txt",
}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


ROUTES = {pattern.name: pattern for pattern in patterns(get_resolver())}


def address(name: str) -> str:
    wanted = ROUTES[name].pattern.converters
    values = {key: SAMPLES.get(key, "0") for key in wanted}
    return reverse(name, kwargs={k: wanted[k].to_python(str(v)) for k, v in values.items()})


def roles_of(name: str) -> set[str]:
    declared = MATRIX[name]
    named = MATRIX["groups"]
    once = {role for word in declared for role in named.get(word, [word])}
    return {role for word in once for role in named.get(word, [word])}


def test_every_address_is_declared_and_nothing_else():
    assert None not in ROUTES, "every address needs a name"
    assert set(ROUTES) == set(MATRIX) - {"groups"}


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_the_view_admits_whom_the_matrix_declares(name):
    admits = getattr(ROUTES[name].callback, "admits", None)
    if MATRIX.get(name) == ANYONE:
        assert admits is None
    else:
        assert admits is not None, "the view has no @admit"
        assert {str(role) for role in admits} == roles_of(name)


def answer(client: Client, name: str) -> int:
    """GET, or POST where GET isn't answered; never raises, so that 500 shows as 500."""
    client.raise_request_exception = False
    got = client.get(address(name))
    return client.post(address(name)).status_code if got.status_code == 405 else got.status_code


CLOSED = sorted(name for name in ROUTES if MATRIX.get(name) != ANYONE)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_let_in_or_kept_out(role, sign_in):
    client, faults = sign_in(str(role.value)), []
    for name in CLOSED:
        status = answer(client, name)
        allowed = role.value in roles_of(name)
        if status in {401, 403, 500} if allowed else status != 403:
            faults.append(f"{name}: {status}")
    assert not faults, "\n".join(faults)


def test_a_stranger_is_sent_to_the_door(city):
    asked = {name: answer(Client(), name) for name in CLOSED}
    assert {name: status for name, status in asked.items() if status != 302} == {}
