"""A small city with a policy in its library, its rules checked, and what is known of a firm."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from factories.policies import adopted, articles, known, ruled


@dataclass
class Ready:
    """Keys: the policy, its articles in order, the firm somebody speaks for."""

    policy: str
    first: str
    second: str
    third: str
    firm: str


@pytest.fixture
def ready(city, at) -> Ready:
    policy = adopted(city, at)
    keys = articles(policy)
    for key in keys:
        ruled(city, at, key)
    firm = known(city, at, revenue="3000万元", certificates="高新技术企业", rd_share="4")
    return Ready(policy.key, *keys, firm)
