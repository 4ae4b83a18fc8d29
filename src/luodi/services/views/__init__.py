"""Pages of requests."""

from .desk import desk, new_request, one_request
from .firm import my_request, my_requests, new_mine
from .moving import move_mine, move_request

__all__ = [
    "desk",
    "move_mine",
    "move_request",
    "my_request",
    "my_requests",
    "new_mine",
    "new_request",
    "one_request",
]
