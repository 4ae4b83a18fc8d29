"""The few ways Luodi says no. Each carries a sentence for the person at the screen."""

from __future__ import annotations

from luodi.common.languages import language
from luodi.kit import refusals as kit


def in_words(refusal: kit.Refusal) -> str:
    """What the kit refused, in the reader's language."""
    return refusal.says(language())


class Refusal(Exception):
    """Something asked for is not done; nothing was changed and nothing lost."""

    status = 422

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.code = code or type(self).__name__


class NotAllowed(Refusal):
    """This person may not do this."""

    status = 403


class NotSignedIn(Refusal):
    """Nobody known stands behind this request."""

    status = 401


class NotFound(Refusal):
    """There is no such thing, or it is outside the viewer's scope: the answer is the same."""

    status = 404


class Mendable(Refusal):
    """What the person can mend where they are: it is said beside what they wrote."""


class Conflict(Mendable):
    """Somebody else was first."""

    status = 409


class Incomplete(Mendable):
    """Something needed is missing."""


class Closed(Mendable):
    """The thing is over, locked or read-only."""

    status = 409
