"""Pure rules: the catalogue of facts, lines of the rule editor, money, windows, who may what."""

from luodi.packs.known_facts import Catalogue, Source

from .access import KEEPERS, is_office_of, keeps_facts, keeps_policies
from .announcing import is_news
from .claims import number_of, thing_of
from .facts import read_fact, read_until
from .lines import OPERATOR_WORDS, Line, condition_of, lines_of
from .money import in_ten_thousand, money, read_money
from .papers import MOST_FILES, valid_until
from .windows import lasting_light, window_light

__all__ = [
    "KEEPERS",
    "MOST_FILES",
    "OPERATOR_WORDS",
    "Catalogue",
    "Line",
    "Source",
    "condition_of",
    "in_ten_thousand",
    "is_news",
    "is_office_of",
    "keeps_facts",
    "keeps_policies",
    "lasting_light",
    "lines_of",
    "money",
    "number_of",
    "read_fact",
    "read_money",
    "read_until",
    "thing_of",
    "valid_until",
    "window_light",
]
