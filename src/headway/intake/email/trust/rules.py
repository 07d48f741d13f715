"""What trusted servers say about a sender, as a verdict: pure rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from headway.intake.email.mail import ParsedMail
from headway.intake.email.trust import position, results
from headway.intake.email.trust.results import Result, Results

Word = Literal["pass", "fail", "none"]
ENOUGH: Final = 4  # mails, before a server's habit counts
_BITS: Final = 16


@dataclass(frozen=True, slots=True)
class Trusting:
    """Whom a mailbox believes. `stamps`: its server normally says something about each mail."""

    servers: tuple[str, ...] = ()
    sealers: tuple[str, ...] = ()
    forwarders: tuple[str, ...] = ()
    stamps: bool = False
    mailbox_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a sender can be believed.

    `because` names the check: dmarc, dkim, spf, arc, several-senders, no-header, no-result, another-sender. `stamped`:
    a trusted server said something about this mail, whatever it was; `by` is its name, where it gives one. `counts`:
    the sender's address may be taken for the sender.
    """

    verdict: Word = "none"
    because: str = "no-header"
    stamped: bool = False
    counts: bool = True
    by: str = ""

    @property
    def failed(self) -> bool:
        """Whether a trusted server says that this is not the sender."""
        return self.verdict == "fail"


@dataclass(frozen=True, slots=True)
class _Said:
    """Everything believed headers state, top first."""

    results: tuple[Result, ...] = field(default_factory=tuple)

    def of(self, method: str) -> list[Result]:
        return [one for one in self.results if one.method == method]


def judge(mail: ParsedMail, trusting: Trusting) -> Standing:
    """The verdict on the sender of a mail that came by a mailbox."""
    found = position.believed(mail.headers, trusting.servers)
    stamped = bool(found)
    if len({address.key for address in mail.authors if address.email}) > 1:
        return Standing("none", "several-senders", stamped, counts=False)
    domain = mail.author.email.rpartition("@")[2].lower() if mail.author else ""
    if not stamped:
        return Standing("none", "no-header", stamped, counts=not trusting.stamps)
    verdict, because = _verdict(_merged(found), domain)
    if verdict != "pass" and (sealed := _sealed(mail.headers, found, trusting)) is not None:
        arc, _ = _verdict(_merged([sealed]), domain)
        if arc == "pass":
            verdict, because = "pass", "arc"
    counts = verdict == "pass" or (verdict == "none" and not trusting.stamps)
    return Standing(verdict, because, stamped, counts, by=found[0].server)


def aligned(domain: str, author: str) -> bool:
    """Whether a checked domain vouches for the author's: the same, or one below the other (RFC 7489, relaxed)."""
    if not domain or not author or "." not in domain or "." not in author:
        return False
    return domain == author or domain.endswith(f".{author}") or author.endswith(f".{domain}")


def noted(verdicts: int, seen: int, *, stamped: bool) -> tuple[int, int]:
    """Its habit with one more mail: a bit for each of the latest sixteen, the newest lowest, and their number."""
    return (verdicts << 1 | stamped) & (1 << _BITS) - 1, min(seen + 1, _BITS)


def stamps(verdicts: int, seen: int) -> bool:
    """Whether a server normally says something about a mail: about three of four of the latest."""
    return seen >= ENOUGH and verdicts.bit_count() * 4 >= seen * 3


def _verdict(said: _Said, author: str) -> tuple[Word, str]:
    for one in said.of("dmarc")[:1]:
        about = one.domain("header.from")
        if about and about != author:
            return "none", "another-sender"
        if one.value == "pass":
            return "pass", "dmarc"
        if one.value == "fail":
            return "fail", "dmarc"
    for one in said.of("dkim"):
        if one.value == "pass" and aligned(one.domain("header.d", "header.i"), author):
            return "pass", "dkim"
    for one in said.of("spf")[:1]:
        if one.value == "pass" and aligned(one.domain("smtp.mailfrom", "smtp.mail", "envelope-from"), author):
            return "pass", "spf"
    return "none", "no-result"


def _merged(found: Iterable[Results]) -> _Said:
    return _Said(tuple(one for each in found for one in each.results))


def _sealed(headers: Sequence[tuple[str, str]], found: Iterable[Results], trusting: Trusting) -> Results | None:
    """What the newest forwarder that sealed the mail saw (RFC 8617), when the chain holds and it may be believed."""
    if not trusting.sealers or not any(one.value == "pass" for one in _merged(found).of("arc")[:1]):
        return None
    seals: dict[int, str] = {}
    seen: dict[int, Results] = {}
    for name, value in headers:
        if name.lower() == "arc-seal":
            tags = results.tags(value)
            seals.setdefault(_instance(tags.get("i", "")), tags.get("d", "").lower())
        elif name.lower() == "arc-authentication-results":
            one = results.read(value)
            seen.setdefault(one.instance, one)
    names = {name.casefold().strip() for name in trusting.servers}
    for instance in sorted(seals, reverse=True):
        said = seen.get(instance)
        if instance < 1 or said is None:
            return None
        if position.is_trusted(said.server, names):
            continue  # our own server sealed it too, and what it saw was read already
        return said if position.is_trusted(seals[instance], {one.casefold() for one in trusting.sealers}) else None
    return None


def _instance(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
