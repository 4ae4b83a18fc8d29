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
from django.utils import timezone
from ninja.operation import Operation

from luodi.api.actions import make_token
from luodi.api.rules import HOLDERS
from luodi.api.views import api
from luodi.orgs.choices import Role

MATRIX = yaml.safe_load(Path(__file__).with_name("access_matrix.yaml").read_text())
BY_TOKEN = MATRIX["by_token"]
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
    declared = BY_TOKEN.get(name) or MATRIX[name]
    named = MATRIX["groups"]
    once = {role for word in declared for role in named.get(word, [word])}
    return {role for word in once for role in named.get(word, [word])}


def test_every_address_is_declared_and_nothing_else():
    assert None not in ROUTES, "every address needs a name"
    assert set(ROUTES) == (set(MATRIX) - {"groups", "by_token"}) | set(BY_TOKEN)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - set(BY_TOKEN)))
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


CLOSED = sorted(n for n in set(ROUTES) - set(BY_TOKEN) if MATRIX.get(n) != ANYONE)


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


def operations() -> dict[str, Operation]:
    """The operations of the API by the names of their addresses."""
    views = api.default_router.path_operations.values()
    return {operation.url_name: operation for view in views for operation in view.operations}


def test_each_operation_admits_whom_the_matrix_declares():
    found = {name: operation.auth_callbacks for name, operation in operations().items()}
    assert {name: {str(r) for r in auth[0].admits} for name, auth in found.items()} == {
        name: roles_of(name) for name in BY_TOKEN
    }


@pytest.mark.parametrize("role", sorted(HOLDERS))
def test_each_operation_lets_a_roles_token_in_or_keeps_it_out(role, city, at):
    token = make_token(name="试", days=1, writes=True, by=city.people[role], at=timezone.now())
    client, faults = Client(headers={"Authorization": f"Bearer {token}"}), []
    for name, operation in operations().items():
        method = operation.methods[0].lower()
        status = getattr(client, method)(address(name)).status_code
        allowed = role in roles_of(name)
        if status in {401, 403, 500} if allowed else status != 403:
            faults.append(f"{name}: {status}")
        if getattr(Client(), method)(address(name)).status_code != 401:
            faults.append(f"{name}: not refused without a token")
    assert not faults, "\n".join(faults)
