"""Message catalogues: extract the Chinese sentences of a module, compile its English ones.

    catalogues.py compile    writes a .mo beside every .po that is newer (no gettext tools needed)
    catalogues.py update     adds the sentences still missing to each module's English catalogue

Msgids are Chinese, the interface's first language; `locale/en` translates them.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "luodi"
CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")

NO_APPLICATION = frozenset({"cli", "config"})
"""Django loads no catalogue from these: what they say is translated in `common`."""

HAN = re.compile(r"[\u4e00-\u9fff]")
CONTEXTUAL = frozenset({"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"})
PLAIN = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"})
MARKS = PLAIN | CONTEXTUAL
COUNTING = frozenset({"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"})

QUOTED = r"""(?P<q>["'])(?P<text>(?:(?!(?P=q)).)*)(?P=q)"""
IN_CONTEXT = r"""(?:\s+context\s+(?P<c>["'])(?P<context>\w[\w ]*)(?P=c))?"""
TRANS = re.compile(r"{%-?\s*trans(?:late)?\s+" + QUOTED + IN_CONTEXT)
INLINE = re.compile(r"_\(\s*" + QUOTED + r"\s*\)")
BLOCK = re.compile(
    r"{%\s*block(?:trans|translate)\b(?P<options>[^%]*)%}(?P<body>.*?){%\s*endblock"
    r"(?:trans|translate)\s*%}",
    re.DOTALL,
)
PLURAL = re.compile(r"{%\s*plural\s*%}")
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
HEADER = """\
# English messages; the msgids are the Chinese sentences. See docs/adr/0003-chinese-msgids.md.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
COMMENT = re.compile(
    r"{#.*?#}|<!--.*?-->|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}",
    re.DOTALL,
)


Key = tuple[str, str]
"""Context (empty for most) and msgid."""


@dataclass(frozen=True, order=True)
class Message:
    """A sentence marked for translation, where it stands, and whether it counts something.

    `context` parts two words written alike: 退出 of a session, and of a seat.
    """

    text: str
    path: Path
    line: int
    counting: bool = False
    context: str = ""

    @property
    def key(self) -> Key:
        """What a catalogue knows it by."""
        return self.context, self.text


def modules() -> list[Path]:
    """The folders of the product's modules, in alphabetical order."""
    return sorted(p.parent for p in PACKAGE.glob("*/__init__.py"))


def without_comments(template: str) -> str:
    """The template with its comments blanked, line numbers unchanged."""
    return COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), template)


def _block_text(match: re.Match[str]) -> str:
    """The msgid Django makes of a blocktranslate: variables as %(name)s, plural part dropped."""
    body = VARIABLE.sub(r"%(\1)s", PLURAL.split(match["body"])[0].replace("%", "%%"))
    if re.search(r"\btrimmed\b", match["options"]):
        body = " ".join(line.strip() for line in body.strip().splitlines())
    return body.replace("%%(", "%(") if "%%(" in body else body


def _tag_text(text: str) -> str:
    """The msgid Django makes of a translate tag: a lone % is doubled."""
    return text.replace("%", "%%")


def template_messages(path: Path) -> Iterator[Message]:
    """Sentences in translate, blocktranslate and _() of one template."""
    source = without_comments(path.read_text("utf-8"))
    for pattern in (TRANS, INLINE):
        for match in pattern.finditer(source):
            line = source.count("\n", 0, match.start()) + 1
            context = match.groupdict().get("context") or ""
            yield Message(_tag_text(match["text"]), path, line, context=context)
    for match in BLOCK.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        yield Message(_block_text(match), path, line, bool(PLURAL.search(match["body"])))


def called_name(call: ast.Call) -> str:
    """The name of what is called, whatever it is an attribute of."""
    function = call.func
    return getattr(function, "id", getattr(function, "attr", ""))


def python_messages(path: Path) -> Iterator[Message]:
    """Sentences given as a literal to one of the gettext functions in one Python file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or called_name(node) not in MARKS:
            continue
        words = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        context = words.pop(0) if called_name(node) in CONTEXTUAL else ""
        if words and isinstance(words[0], str) and isinstance(context, str):
            counting = called_name(node) in COUNTING
            yield Message(words[0], path, node.lineno, counting, context)


def messages_of(module: Path) -> list[Message]:
    """Every marked sentence of a module that holds Chinese characters."""
    found = [m for p in module.rglob("*.py") for m in python_messages(p)]
    found += [m for p in module.rglob("templates/**/*.*") for m in template_messages(p)]
    return sorted(m for m in found if HAN.search(m.text))


def read_catalogue(module: Path) -> Catalog:
    """The module's English catalogue; an empty one where there is none yet."""
    path = module / CATALOGUE
    if not path.exists():
        return Catalog(locale="en", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en")


def write_catalogue(module: Path, catalogue: Catalog) -> None:
    """Write the module's English catalogue: sorted, under one header, without dates or names."""
    path = module / CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode() + b"\n")
        write_po(file, catalogue, width=98, omit_header=True, sort_output=True)


def first_id(message: Entry) -> str:
    """The msgid of an entry; the singular one where it has two."""
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def key_of(entry: Entry) -> Key:
    """Context and msgid of an entry."""
    return entry.context or "", first_id(entry)


def translations(module: Path) -> dict[Key, str]:
    """English by context and msgid of a module's catalogue; what has no translation is left out."""
    pairs = {}
    for message in read_catalogue(module):
        many = isinstance(message.id, tuple | list)
        text = message.string[0] if many else message.string
        if first_id(message) and text and not message.fuzzy:
            pairs[key_of(message)] = text
    return pairs


def compile_all() -> None:
    """Write the .mo of every .po whose .mo is missing or older."""
    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)


def missing_of(module: Path) -> list[Message]:
    """Marked sentences that neither the module's catalogue nor the common one knows.

    One that counts is looked up by its number: an entry without a plural isn't found.
    """
    entries = [m for home in (module, PACKAGE / "common") for m in read_catalogue(home)]
    known = {key_of(m) for m in entries}
    counted = {key_of(m) for m in entries if m.pluralizable}
    found = {m.key: m for m in messages_of(module) if m.key not in known}
    found |= {m.key: m for m in messages_of(module) if m.counting and m.key not in counted}
    return [found[key] for key in sorted(found)]


def update_all() -> None:
    """Add the missing sentences, with an empty translation to be filled by a person."""
    for module in modules():
        missing = missing_of(module)
        if not missing:
            continue
        home = PACKAGE / "common" if module.name in NO_APPLICATION else module
        catalogue = read_catalogue(home)
        for one in missing:
            flags = {"python-format"} if "%(" in one.text else set()
            context = one.context or None
            if one.counting:
                catalogue.delete(one.text, context)
                catalogue.add((one.text, one.text), ("", ""), flags=flags, context=context)
            else:
                catalogue.add(one.text, "", flags=flags, context=context)
        write_catalogue(home, catalogue)
        print(f"{module.name}: {len(missing)} to translate in {home.name}/{CATALOGUE}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile"]:
            compile_all()
        case ["update"]:
            update_all()
            compile_all()
        case _:
            sys.exit(__doc__)
