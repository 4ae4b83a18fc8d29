"""`acted` is sent inside the transaction of every act, after it is written."""

from django.dispatch import Signal

acted = Signal()  # sender=Act class, act=Act
