"""`ticked` is sent by the scheduler every minute with `at`; modules do what has come due."""

from django.dispatch import Signal

ticked = Signal()  # sender=None, at=datetime
