"""Real pages by their views, and works timed in turns: what the benches of pages share."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer


def page(
    viewer: Viewer, moment: Moment, view: Callable[..., HttpResponse], address: str
) -> HttpResponse:
    """The page a viewer gets from a view at a moment; it has to be a good one."""
    request: Any = RequestFactory().get(address)
    request.viewer, request.moment, request.at = viewer, moment, moment.at
    request.user, request.session, request.htmx = AnonymousUser(), {}, False
    response = view(request)
    assert response.status_code == 200
    return response


def medians(times: int, *works: Callable[[], Any]) -> list[float]:
    """Median seconds of several works done in turns, after one round that doesn't count."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(times + 1):
        for work, found in zip(works, taken, strict=True):
            start = time.perf_counter()
            work()
            if turn:
                found.append(time.perf_counter() - start)
    return [statistics.median(found) for found in taken]
