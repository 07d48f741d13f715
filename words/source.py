"""Every text in the source that is said to people. The scripts take theirs from the templates."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from headway.web.environment import OURS
from words.catalogue import ROOT, Words

CODE = ROOT / "src" / "headway"
TEMPLATES = CODE / "web" / "templates"
# What is called with a text: how many of the arguments are a context, and how many are the text and its plural.
_CALLS = {
    "gettext": (0, 1),
    "gettext_lazy": (0, 1),
    "gettext_noop": (0, 1),
    "ngettext": (0, 2),
    "ngettext_lazy": (0, 2),
    "pgettext": (1, 1),
    "pgettext_lazy": (1, 1),
    "npgettext": (1, 2),
    # what a pure rule says is translated where it is told
    "Problem": (0, 1),
    "Impossible": (0, 1),
}
_MARKS = {"Problem", "Impossible"}
# What settings say about themselves, in their second argument.
_SETTING = "_setting"
_SAYS = re.compile(r"gettext|def _setting|class Problem|import Impossible")
# The log says of an event what its documentation says, unless one of these has a sentence for it.
_EVENTS = CODE / "events" / "vocabulary"
_SENTENCES = (CODE / "web" / "desk" / "audit" / "words.py", CODE / "web" / "desk" / "story.py")
# A comment above a text that nobody can translate well without knowing where it stands.
_NOTE = re.compile(r"\s*# (Translators: .*)")


def texts() -> Catalog:
    """All of them, in the order of their files."""
    found = Words()
    environment = Environment(autoescape=True, **OURS)
    for path, source, tree in modules():
        _add(found, path, _in_python(source, tree))
    told = "".join(path.read_text(encoding="utf-8") for path in _SENTENCES)
    for path in sorted(_EVENTS.glob("*.py")):
        _add(found, path, _in_events(path.read_text(encoding="utf-8"), told))
    for path in sorted(TEMPLATES.rglob("*.jinja")):
        _add(found, path, _in_template(environment, path.read_text(encoding="utf-8")))
    return found


@lru_cache(maxsize=1)
def modules() -> list[tuple[Path, str, ast.Module]]:
    """The modules that say something: where they stand, as they are written, and parsed."""
    found = []
    for path in sorted(CODE.rglob("*.py")):
        if {"tests", "migrations"} & set(path.relative_to(CODE).parts):
            continue
        source = path.read_text(encoding="utf-8")
        # to parse the rest would take a second
        if _SAYS.search(source):
            found.append((path, source, ast.parse(source)))
    return found


def _add(found: Catalog, path: Path, said: Iterator[tuple[str, tuple[str, ...], list[str]]]) -> None:
    for name, strings, notes in said:
        contexts, count = _CALLS[name]
        text = strings[contexts : contexts + count]
        if len(text) == count:
            found.add(
                text if count > 1 else text[0],
                locations=[(path.relative_to(CODE).as_posix(), 0)],
                auto_comments=notes,
                context=strings[0] if contexts else None,
            )


def _in_python(source: str, tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    lines = source.splitlines()
    names = called(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name == _SETTING:
            yield "gettext", _strings(call.args[1:2]), []
        elif name in names or name in _MARKS:
            note = _NOTE.match(lines[call.lineno - 2])
            yield names.get(name, name), _strings(call.args), [note[1]] if note else []


def called(tree: ast.Module) -> dict[str, str]:
    """What a module calls Django's functions, and which they are."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _CALLS
    }


def _in_events(source: str, told: str) -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and (said := ast.get_docstring(node)):
            kinds = [ast.unparse(part.value) for part in node.body if isinstance(part, ast.AnnAssign) and part.value
                and isinstance(part.target, ast.Name) and part.target.id == "kind"]  # fmt: skip
            if kinds and kinds[0].replace("'", '"') not in told:
                yield "gettext", (" ".join(said.split("\n\n")[0].split()),), []


def _strings(arguments: list[ast.expr]) -> tuple[str, ...]:
    """Those that stand there as a text, up to the first that does not."""
    found: list[str] = []
    for argument in arguments:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            break
        found.append(argument.value)
    return tuple(found)


def _in_template(environment: Environment, source: str) -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    said: Any
    for _line, name, said in extract_from_ast(environment.parse(source), ["_", *_CALLS], babel_style=True):
        strings = (said,) if isinstance(said, str) else tuple(text for text in said or () if text is not None)
        yield "gettext" if name == "_" else name, strings, []
