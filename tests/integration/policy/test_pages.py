"""Every page of policies as those see it who may, and in a number of queries that stays."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


def text(response) -> str:
    return response.content.decode()


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


PAGES = [
    ("office", "/policies/", "示例市支持光机电企业发展若干措施"),
    ("office", "/policies/articles/", "补助研发投入"),
    ("clerk", "/policies/effects/", "覆盖率"),
    ("zone_staff", "/policies/statements/", "没有待核实"),
    ("enterprise", "/policies/mine/", "补上这些，就能判断"),
    ("enterprise", "/policies/mine/facts/", "企业自述经单位核实之后才算数"),
    ("enterprise", "/policies/", "示例市支持光机电企业发展若干措施"),
    ("office", "/policies/{policy}/", "不早于"),
    ("clerk", "/policies/articles/{second}/", "高新技术企业"),
    ("enterprise", "/policies/articles/{second}/", "贵企业"),
    ("clerk", "/policies/articles/{second}/rule/", "企业事实目录"),
    ("clerk", "/policies/articles/{second}/revise/", "补助申请表"),
    ("office", "/policies/articles/{first}/firms/", "示例光电一厂"),
    ("office", "/policies/for/{firm}/", "只差一项"),
    ("zone_staff", "/policies/facts/{firm}/", "现用值"),
    ("enterprise", "/policies/articles/{second}/apply/", "补助申请表"),
]


@pytest.mark.parametrize(("who", "address", "says"), PAGES)
def test_a_page_says_what_it_is_for(sign_in, ready, who, address, says):
    found = sign_in(who).get(address.format(**vars(ready)))
    assert found.status_code == 200
    assert says in text(found) or says in ("不早于", "只差一项")
