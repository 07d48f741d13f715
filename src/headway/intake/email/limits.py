"""How much of one mail is read. Past a bound the rest is kept raw and a defect is noted; nothing is refused."""

from typing import Final

HEADER_BYTES: Final = 64 * 1024  # one header
HEADERS: Final = 2_000  # headers of one part
HEADER_BLOCK_BYTES: Final = 1024 * 1024  # all headers of one part
PARTS: Final = 1_000
DEPTH: Final = 50
ADDRESSES: Final = 2_000  # in one header
REFERENCES: Final = 500
TEXT_BYTES: Final = 4 * 1024 * 1024  # decoded text of one body
TEXT_CHARACTERS: Final = 2 * 1024 * 1024  # what is handed on as text
HTML_BYTES: Final = 4 * 1024 * 1024  # HTML that is still sanitised
HTML_TAGS: Final = 100_000
HTML_DEPTH: Final = 600  # elements open at once
HTML_FORMATTING: Final = 4_000_000  # formatting elements a browser would re-open, in all
SUBJECT_CHARACTERS: Final = 998
NAME_CHARACTERS: Final = 200
ADDRESS_CHARACTERS: Final = 320
MESSAGE_ID_CHARACTERS: Final = 998
TNEF_BYTES: Final = 64 * 1024 * 1024
