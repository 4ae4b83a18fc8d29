"""The HTTP API under /api/v1/, its manual, and the page of one's tokens."""

from .endpoints import api
from .pages import description, manual, revoke_token, tokens

__all__ = ["api", "description", "manual", "revoke_token", "tokens"]
