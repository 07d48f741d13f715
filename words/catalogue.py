"""A language's catalogue: the file that translators edit, and the compiled one beside it that the product reads."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "src" / "headway" / "locale"


class Words(Catalog):
    """A catalogue whose head holds no dates: the same texts make the same file on every machine."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What programs need to know to read it."""
        return [
            ("Project-Id-Version", "Headway"),
            ("Language", str(self.locale_identifier or "")),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            *([("Plural-Forms", self.plural_forms)] if self.locale else []),
        ]

    @mime_headers.setter
    def mime_headers(self, value: object) -> None:
        """What a file's head says is not taken over: it follows from the language."""


def languages() -> list[str]:
    """The languages there is a catalogue for."""
    return sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/django.po"))


def path(language: str) -> Path:
    """Where a language's catalogue stands."""
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """What the translators have written."""
    with path(language).open("rb") as file:
        found = read_po(file, locale=language)
    return _filled(language, found, found)


def renewed(language: str, texts: Catalog) -> Catalog:
    """The catalogue with exactly the texts of the source, each with its translation so far."""
    return _filled(language, texts, read(language))


def _filled(language: str, texts: Catalog, translated: Catalog) -> Catalog:
    known = {(message.context, _ids(message)): message for message in translated if message.id}
    made = empty(language)
    for message in texts:
        if not message.id:
            continue
        was = known.get((message.context, _ids(message)))
        made.add(
            message.id,
            was.string if was else None,
            locations=message.locations,
            flags=message.flags | ({"fuzzy"} if was and was.fuzzy else set()),
            auto_comments=message.auto_comments,
            user_comments=was.user_comments if was else (),
            context=message.context,
        )
    return made


def empty(language: str) -> Catalog:
    """A catalogue without a text."""
    comment = "# Kept by bin/words; docs/how-to/translate.md says how to translate."
    return Words(locale=language, header_comment=comment, fuzzy=False)


def written(catalogue: Catalog) -> bytes:
    """The file that translators edit. Places have no line numbers: they would change with every edit of the source."""
    into = BytesIO()
    write_po(into, catalogue, width=120, include_lineno=False)
    return into.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The file that the product reads. What is fuzzy or not translated is left to the English text."""
    into = BytesIO()
    write_mo(into, catalogue)
    return into.getvalue()


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)
