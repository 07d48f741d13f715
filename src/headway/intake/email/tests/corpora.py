"""The public mail corpora beside the checkout: read where they are, skipped with a word where they are not."""

from pathlib import Path
from typing import Final

import pytest

FOLDER: Final = Path(__file__).resolve().parents[6] / "shared" / "data" / "mail"
WHOLE: Final = ("flanker", "ruby-mail", "enmime", "php-mime-mail-parser", "bounces", "talon")
_NO_MAIL: Final = {".png", ".wav", ".html", ".txt"}


def files(*folders: str) -> list[Path]:
    """All whole mails of the corpora."""
    if not FOLDER.is_dir():
        pytest.skip(f"the mail corpora are not at {FOLDER}")
    found = [path for folder in folders or WHOLE for path in sorted((FOLDER / folder).iterdir()) if path.is_file()]
    return [
        path
        for path in found
        if path.name != "LICENSE" and path.suffix not in _NO_MAIL and not path.name.endswith("_reply_text")
    ]


def raw(name: str) -> bytes:
    """One file by folder and name."""
    if not FOLDER.is_dir():
        pytest.skip(f"the mail corpora are not at {FOLDER}")
    return (FOLDER / name).read_bytes()
