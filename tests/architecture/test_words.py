"""The catalogues hold what the source says, in every language, and the product reads what the catalogues hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from words import catalogue
from words.complaints import complaints
from words.source import CODE, called, modules, texts


@pytest.fixture(scope="module")
def source() -> Catalog:
    """Every text of the source, found once: it takes a second."""
    return texts()


@pytest.mark.parametrize("language", catalogue.languages())
def test_every_text_is_translated(language: str, source: Catalog) -> None:
    """Nothing missing, untranslated or unsure; placeholders and plural forms as they must be."""
    assert complaints(catalogue.renewed(language, source)) == [], "run bin/words, then translate what it names"


@pytest.mark.parametrize("language", catalogue.languages())
def test_what_the_product_reads_is_what_was_translated(language: str) -> None:
    file = catalogue.path(language)
    assert file.with_suffix(".mo").read_bytes() == catalogue.compiled(catalogue.read(language)), "run bin/words"


def test_a_fresh_checkout_speaks_them() -> None:
    said = []
    for language in ("de", "es"):
        with translation.override(language):
            said.append(translation.gettext("Recovery codes"))
    assert said == ["Wiederherstellungscodes", "Códigos de recuperación"]


@pytest.mark.parametrize(
    ("text", "said", "complaint"),
    [
        ("%(name)s has left", "%(name)s ist gegangen", ""),
        ("%(name)s has left", "%(nahme)s ist gegangen", "other placeholders"),
        ("Read <b>this</b>", "Lesen Sie dies", "other placeholders"),
        ("Sent: ", "Gesendet:", "other spaces"),
        ("Sent", "", "not translated"),
        (("%(n)d mail", "%(n)d mails"), ("%(n)d Mail", "%(n)d Mails"), ""),
        (("%(n)d mail", "%(n)d mails"), ("%(n)d Mail",), "plural forms missing"),
        (("%(n)d mail", "%(n)d mails"), ("%(n)d Mail", ""), "plural forms missing"),
    ],
)
def test_what_would_break_is_named(text: str | tuple[str, str], said: str | tuple[str, ...], complaint: str) -> None:
    german = catalogue.empty("de")
    german.add(text, said)
    found = complaints(german)
    assert any(complaint in one for one in found) if complaint else found == []


def test_what_is_unsure_is_named() -> None:
    german = catalogue.empty("de")
    german.add("Sent", "Gesendet", flags=["fuzzy"])
    assert complaints(german) == ["fuzzy: 'Sent'"]


def test_no_text_is_said_while_modules_load_or_inside_an_f_string() -> None:
    """The one would stay English for ever, the other is found by nobody who looks for texts."""
    wrong = []
    for path, _source, tree in modules():
        names = _names(tree)
        wrong += [f"{_place(path, node)}: while it loads" for node in _at_once(tree) if _says(node, names)]
        wrong += [
            f"{_place(path, node)}: in an f-string"
            for joined in ast.walk(tree)
            if isinstance(joined, ast.JoinedStr)
            for node in ast.walk(joined)
            if _says(node, names)
        ]
    assert wrong == []


def _names(tree: ast.Module) -> set[str]:
    """What the module calls the functions that translate here and now."""
    return {name for name, function in called(tree).items() if not function.endswith(("_lazy", "_noop"))}


def _at_once(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is loaded: everything but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Lambda):
            continue
        yield child
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (*child.decorator_list, *child.args.defaults, *child.args.kw_defaults):
                if part is not None:
                    yield part
                    yield from _at_once(part)
        else:
            yield from _at_once(child)


def _says(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(CODE)}:{getattr(node, 'lineno', 0)}"
