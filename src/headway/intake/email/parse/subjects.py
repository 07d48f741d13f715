"""Subjects: prefixes of replies and forwards in many languages."""

import re
from typing import Final

# Prefixes of replies.
_REPLIES: Final = (
    "re", "aw", "antw", "antwort", "sv", "vs", "ref", "r", "rif", "odp", "res", "rép", "rep", "ynt", "yan", "bls",
    "balas", "atb", "hồi âm", "trả lời", "回复", "回覆", "答复", "返信", "답장", "회신", "תשובה", "رد", "απ",
    "σχετ", "отв",
    "на", "vá", "válasz", "odpověď", "vast", "ots",
)  # fmt: skip
# Prefixes of forwards.
_FORWARDS: Final = (
    "fw", "fwd", "wg", "weitergeleitet", "tr", "transféré", "rv", "reenv", "enc", "i", "inoltra", "inoltro",
    "doorst", "doorsturen", "vb", "vl", "vidarebefordrat", "videresendt", "vs", "välitetty", "pd", "podaj dalej",
    "přep", "fs", "tov", "továbbítás", "ilt", "i̇lt", "πρθ", "转发", "轉寄", "转", "轉", "転送", "전달", "הועבר",
    "إعادة توجيه", "trs", "terusan", "chuyển tiếp", "пер", "redirecționat", "reenviado", "encaminhado",
)  # fmt: skip
_PREFIX: Final = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?(" + "|".join(_REPLIES + _FORWARDS) + r")\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]",
    re.IGNORECASE,
)
# Letters that mean "forward" in one language and "reply" in another: only the first reading counts as a forward.
_AMBIGUOUS: Final = {"vs", "r"}
_MOST_PREFIXES: Final = 20


def is_forward(subject: str) -> bool:
    """Whether the outermost prefix says that the mail was passed on."""
    match = _PREFIX.match(subject)
    if not match:
        return False
    word = match[1].lower()
    return word not in _AMBIGUOUS and word in _FORWARDS


def bare(subject: str) -> str:
    """The subject without its reply and forward prefixes."""
    for _ in range(_MOST_PREFIXES):
        match = _PREFIX.match(subject)
        if not match:
            break
        subject = subject[match.end() :]
    return subject.strip()
