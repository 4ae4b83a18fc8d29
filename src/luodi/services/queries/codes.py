"""Who a code is for, and how often one was asked for."""

from __future__ import annotations

from datetime import datetime

from luodi.orgs.models import EnterprisePosting
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import NOBODY, Viewer, plain_code, plain_phone

from ..models import EntryCode
from ..rules import COUNTED, MOST_OF_A_PHONE, MOST_OF_AN_ADDRESS


def contact_of(credit_code: str, phone: str) -> str:
    """The person registered with a mobile number for the firm of a code; '' for none.

    One query whether or not there is one. A contact whose account was closed is none.
    """
    rows = EnterprisePosting.objects.open().filter(
        enterprise__states__until=None,
        enterprise__states__credit_code=plain_code(credit_code),
        person__details__phone=plain_phone(phone) or "-",
    )
    rows = rows.exclude(person__account__is_active=False)
    return rows.order_by("since").values_list("person", flat=True).first() or ""


def asked_too_often(phone: str, address: str, at: datetime) -> bool:
    """Whether the hour's codes of a phone or an address, both as marks, are used up."""
    recent = EntryCode.objects.filter(asked_at__gt=at - COUNTED)
    return (
        recent.filter(address=address).count() >= MOST_OF_AN_ADDRESS
        or recent.filter(phone=phone).count() >= MOST_OF_A_PHONE
    )


def visitor_of(person: str) -> Viewer:
    """The firm's contact behind a visit by code; nobody where it speaks for no firm any more."""
    viewer = viewer_of_person(person) if person else NOBODY
    return viewer if viewer.enterprise else NOBODY
