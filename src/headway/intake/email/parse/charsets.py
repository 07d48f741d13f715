"""Bytes to text, whatever the label says: the label, then what the bytes are, then a guess, never an error."""

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

# Label -> Python codec. Labels outside this table and `_SAFE` are not tried: some of Python's codecs are no charsets.
_ALIASES: Final = {
    "": "utf-8",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "utf7": "utf-7",
    "utf-7": "utf-7",
    "unicode-2-0-utf-7": "utf-7",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "iso646-us": "ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859_1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "windows-1252": "cp1252",
    "cp-1252": "cp1252",
    "x-ansi": "cp1252",
    "ansi": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "windows-936": "gb18030",
    "gb18030": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "cp950",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "korean": "cp949",
    "windows-949": "cp949",
    "iso-2022-kr": "iso2022_kr",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-1": "iso2022_jp_ext",
    "iso-2022-jp-2": "iso2022_jp_2",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "csiso2022jp": "iso2022_jp_ext",
    "euc-jp": "euc_jis_2004",
    "x-euc-jp": "euc_jis_2004",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-32": "utf-32",
}
_SAFE: Final = re.compile(
    r"(?:iso-?8859-?|iso8859_)\d{1,2}|(?:windows-|cp-?|ibm-?|x-cp)\d{3,4}|koi8-[rut]|mac_?\w{4,10}|ptcp154|kz1048|johab"
    r"|euc_\w{2}|gb18030|viscii|tcvn"
)
_ALTERNATIVES: Final = {
    "iso2022_jp_ext": ("iso2022_jp_2004", "iso2022_jp_3"),
    "cp950": ("big5hkscs",),
    "euc_jis_2004": ("euc_jp", "cp932"),
}
_LABELS_THAT_LIE: Final = {"ascii", "cp1252", "utf-8"}
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_GUESS_BYTES: Final = 16 * 1024
_GUESSABLE_BYTES: Final = 64
_ASCII: Final = bytes(range(128))
_NOT_GUESSED: Final = ["utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]


def decode(data: bytes, label: str = "") -> tuple[str, bool]:
    """The text of `data`, and whether the label (or its absence) was right about it."""
    if data.isascii():
        codec = codec_of(label)
        if codec in (None, "ascii", "cp1252", "utf-8") or not _is_stateful(codec):
            return storable(data.decode("ascii")), codec is not None
        return storable(_attempt(data, codec) or data.decode(codec, "replace")), True
    codec = codec_of(label)
    if codec in _LABELS_THAT_LIE or codec is None:
        text = _attempt(data, "utf-8")
        if text is not None:
            return storable(text.removeprefix("\ufeff")), codec in ("utf-8", "ascii")
    if codec is not None and codec not in ("utf-8", "ascii"):
        for candidate in (codec, *_ALTERNATIVES.get(codec, ())):
            text = _attempt(data, candidate)
            if text is not None:
                return storable(text.removeprefix("\ufeff")), True
        if codec == "cp1252":
            return storable(data.decode("latin-1")), True
        utf8 = _attempt(data, "utf-8")
        return storable(utf8 if utf8 is not None else data.decode(codec, "replace")), False
    return storable(_guess(data)), False


def codec_of(label: str) -> str | None:
    """Python's codec for a charset label, None when the label names none."""
    name = label.strip().strip("\"'").strip().lower()
    if name in _ALIASES:
        return _ALIASES[name]
    if not _SAFE.fullmatch(name):
        return None
    name = name.replace("windows-", "cp").replace("cp-", "cp").replace("ibm-", "cp").replace("x-cp", "cp")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def storable(text: str) -> str:
    """Without what PostgreSQL refuses: NUL and lone surrogates."""
    return _UNSTORABLE.sub("\ufffd", text) if not text.isascii() or "\x00" in text else text


def _is_stateful(codec: str | None) -> bool:
    return codec is not None and codec.startswith(("iso2022", "hz", "utf-7", "utf-16", "utf-32"))


def _attempt(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _guess(data: bytes) -> str:
    """No usable label and not UTF-8: damaged UTF-8, else what longer texts look like, else Windows-1252."""
    loose = data.decode("utf-8", "replace")
    sample = loose[:_GUESS_BYTES]
    if sample.count("\ufffd") * 4 < sum(1 for character in sample if character > "\x7f"):
        return loose
    codec = "cp1252"
    foreign = len(data.translate(None, _ASCII))
    if len(data) >= _GUESSABLE_BYTES and foreign * 8 > len(data):  # a Western text has few such letters
        found = from_bytes(
            data[:_GUESS_BYTES], steps=3, chunk_size=512, enable_fallback=False, cp_exclusion=_NOT_GUESSED
        )
        best = found.best()
        codec = best.encoding if best is not None else codec
    text = _attempt(data, codec)
    return text if text is not None else data.decode("cp1252", "replace")
