"""The beginning of a mail as text that can be shown."""

from dataclasses import dataclass

from headway.foundation import files
from headway.intake.models import RawMail
from headway.intake.queries.raw import bytes_gone

_SHOWN_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of a mail as it came, for people to read. `whole`: nothing follows."""

    headers: str
    source: str
    whole: bool


def excerpt_of(mail: RawMail, most: int = _SHOWN_BYTES) -> Excerpt:
    """The first bytes of a mail as text that can be shown: what is no UTF-8 and what moves a terminal is written out.

    Raises NotFound when its bytes are gone.
    """
    try:
        with files.open_blob(mail.sha256) as stream:
            data = stream.read(most + 1)
    except FileNotFoundError as error:
        raise bytes_gone() from error
    text = _readable(data[:most])
    headers = text.partition("\n\n")[0]
    return Excerpt(headers, text, len(data) <= most)


def _readable(data: bytes) -> str:
    text = data.decode("utf-8", errors="backslashreplace").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char if char in "\n\t" or char.isprintable() else f"\\u{{{ord(char):x}}}" for char in text)
