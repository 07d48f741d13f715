"""Numbers with what they count, in the terminal's English."""

from headway.insight.findings.values import count


def amount(number: int, what: str) -> str:
    """ "1 ticket", "4,580 tickets"."""
    return f"{count(number)} {what}" if number == 1 else f"{count(number)} {what}s"
