"""Every file of the mail corpora through the real channel, and what came of it beside what should have."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench import reading
from bench.reading import Reading

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "data" / "mail"
_BATCH = 50
_LONGEST = 200  # characters said of one file


@dataclass
class File:
    """One file: its bytes, the mail it was sent as, and what a stranger reads in it."""

    path: Path
    raw: bytes
    sent: bytes
    kind: str  # "mail", "reply" (a body only), "other" (licence, picture, sound, list of results)
    read: Reading


@dataclass
class Came:
    """What the channel made of it."""

    state: str
    error: str
    text: str = ""
    files: int = 0
    tagged: bool = False  # shown as a report on a delivery
    mail: Any = None  # the ParsedMail, None for one that could not be parsed
    whole: bool = False  # its bytes are in the store as they came


@dataclass
class Score:
    """Right and counted, and what was wrong."""

    right: int = 0
    of: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, ok: bool, what: str) -> None:
        """Counts one."""
        self.of += 1
        self.right += ok
        if not ok:
            self.wrong.append(what[:_LONGEST])


def run(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """One row of scores for each folder."""
    from bench.ground import installation

    with installation():
        return [_corpus(folder) for folder in folders]


def _corpus(folder: Path) -> dict[str, Any]:
    files = [_file(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    came = _send(files)
    scores = {name: Score() for name in _COLUMNS}
    states: Counter[str] = Counter()
    quarantined: Counter[str] = Counter()
    mails = [one for one in files if one.kind == "mail"]
    bounces = sum(one.read.returned for one in mails) * 2 > len(mails)
    for one, result in zip(files, came, strict=True):
        states[result.state] += 1
        scores["kept"].add(result.whole, one.path.name)
        if result.state == "quarantined":
            quarantined[f"{one.kind}: {result.error}"] += 1
        if one.kind == "mail":
            scores["parsed"].add(result.mail is not None, one.path.name)
        if result.mail is None:
            continue
        if one.kind == "mail":
            _judge_mail(one, result, scores)
        if one.kind == "mail" and (bounces or one.read.complaint or reading.statuses(one.raw)):
            _judge_report(one, result, scores)
        _judge_quote(one, result, scores)
    return {
        "corpus": folder.name,
        "files": len(files),
        "mails": len(mails),
        "replies": sum(one.kind == "reply" for one in files),
        "other": sum(one.kind == "other" for one in files),
        "states": dict(states),
        "quarantined": dict(quarantined),
        "scores": {name: asdict(score) for name, score in scores.items()},
    }


_COLUMNS = ("kept", "parsed", "text", "subject", "sender", "attachments", "reports", "recipients", "kinds", "quotes")


def _file(path: Path) -> File:
    raw = path.read_bytes()
    if path.name == "LICENSE" or path.name.endswith("_reply_text") or b"\x00" in raw[:200] or raw[:4] == b"RIFF":
        return File(path, raw, raw, "other", Reading(is_mail=False))
    if path.suffix in (".txt", ".html"):
        return File(path, raw, _wrapped(raw, path), "reply", Reading(is_mail=False))
    found = reading.read(raw)
    return File(path, raw, raw, "mail" if found.is_mail else "other", found)


def _wrapped(raw: bytes, path: Path) -> bytes:
    """A body as the mail it was taken from."""
    kind = "html" if path.suffix == ".html" else "plain"
    head = (
        f"From: Dana <dana@example.com>\r\nTo: help@desk.example\r\nSubject: Re: Login\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: <{path.parent.name}.{path.stem}@example.com>\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + raw


def _send(files: Sequence[File]) -> list[Came]:
    """Keeps and processes the files as they would come in; what became of each, in order."""
    from headway.foundation.files import read as stored
    from headway.intake.channel import Arrival
    from headway.intake.email import processing
    from headway.intake.email.children import Pool
    from headway.intake.email.placing import REPORT_TAG
    from headway.intake.email.receiving import keep
    from headway.intake.models import RawMail
    from headway.tickets.models import MessageFile, Tagging

    ids: list[int] = []
    for start in range(0, len(files), _BATCH):
        batch = [Arrival("pipe", str(one.path), one.sent) for one in files[start : start + _BATCH]]
        ids += keep(batch)
        while processing.process_waiting():
            pass
    rows = {row.pk: row for row in RawMail.objects.select_related("message").filter(pk__in=ids)}
    with Pool() as pool:
        parsed = [outcome.mail for outcome in pool.parse([one.sent for one in files])]
    tagged = set(Tagging.objects.filter(tag__name=REPORT_TAG).values_list("ticket_id", flat=True))
    came = []
    for one, raw_id, mail in zip(files, ids, parsed, strict=True):
        row = rows[raw_id]
        result = Came(row.state, row.error, mail=mail, whole=stored(row.sha256) == one.sent)
        if row.message is not None:
            result.text = row.message.text
            result.files = MessageFile.objects.filter(message=row.message).count()
            result.tagged = row.message.ticket_id in tagged
        elif row.state == "duplicate" and mail is not None:
            # the message is that of the first copy: what would have been written
            result.text, result.files, result.tagged = mail.text, len(mail.attachments), mail.report is not None
        came.append(result)
    processing.parsers.close()
    return came


def _judge_mail(one: File, result: Came, scores: dict[str, Score]) -> None:
    mail, name = result.mail, one.path.name
    if one.read.has_text:
        scores["text"].add(bool(result.text.strip()), name)
    scores["subject"].add(_alike(one.read.subject, mail.subject), f"{name}: {mail.subject!r}, not {one.read.subject!r}")
    senders = [address.email.lower() for address in mail.authors if address.email]
    scores["sender"].add(senders == one.read.senders, f"{name}: {senders}, not {one.read.senders}")
    if one.read.sizes:
        ours = Counter(attachment.size for attachment in mail.attachments)
        missing = [size for size in one.read.sizes if not any(abs(size - own) <= 2 for own in ours)]
        opened = b"winmail.dat" in one.raw  # its files stand in for it
        complete = (not missing or opened) and result.files == len(mail.attachments)
        scores["attachments"].add(complete, f"{name}: {missing} missing of {one.read.sizes}")


def _alike(standard: str, ours: str) -> bool:
    """Equal, or the library could not decode it and left the words encoded or replaced."""
    unread = "=?" in standard or "\ufffd" in standard or not standard.isprintable()
    return " ".join(standard.split()) == " ".join(ours.split()) or unread


def _judge_report(one: File, result: Came, scores: dict[str, Score]) -> None:
    from headway.intake.email.tests.expected_reports import NO_REPORTS, REPORTS

    name, report = one.path.name, result.mail.report
    if name in NO_REPORTS:
        return
    scores["reports"].add(report is not None and result.tagged, f"{name}: not recognised")
    if report is None:
        return
    ours = {recipient.email.lower(): recipient.kind for recipient in report.recipients}
    expected = next((row for row in REPORTS if row[0] == name), None)
    if expected is not None:
        wanted = dict(one for one in expected[2:] if not isinstance(one, str))
        scores["recipients"].add(set(ours) == {address.lower() for address in wanted}, f"{name}: {list(ours)}")
        scores["kinds"].add(sorted(ours.values()) == sorted(wanted.values()), f"{name}: {ours}, not {wanted}")
        return
    told = reading.statuses(one.raw) or one.read.failed
    if told:
        scores["recipients"].add(bool(set(told) & set(ours)), f"{name}: {list(ours)}, not {list(told)}")
        kinds = [(told[address], ours[address]) for address in told if address in ours]
        scores["kinds"].add(all(_fits(action, kind) for action, kind in kinds), f"{name}: {kinds}")
    else:
        written = one.raw.lower()
        listed = bool(ours) and all(address.encode() in written for address in ours)
        scores["recipients"].add(listed or report.kind == "complaint", f"{name}: {list(ours)}")
        scores["kinds"].add((report.kind == "complaint") == one.read.complaint or bool(ours), f"{name}: {ours}")


def _fits(action: str, kind: str) -> bool:
    if action.startswith("delay"):
        return kind == "delayed"
    return (kind == "delivered") == action.startswith(("deliver", "relay", "expand"))


def _judge_quote(one: File, result: Came, scores: dict[str, Score]) -> None:
    from headway.intake.email.tests.expected_replies import HELLO, HTML_REPLY, REPLIES

    name = f"{one.path.parent.name}/{one.path.name}"
    known = next(((begins, ends) for file, begins, ends in REPLIES if file == name), None)
    if known is not None:
        right = result.text.startswith(known[0]) and result.text.endswith(known[1])
    elif name.startswith("talon/") and one.kind == "mail":
        right = result.text == HELLO
    elif name.startswith("talon/") and one.path.suffix == ".html":
        right = [line for line in result.text.split("\n") if line] == list(HTML_REPLY)
    elif one.kind == "reply":
        right = plausible(result.text)
    else:
        return
    scores["quotes"].add(right, f"{name}: …{result.text[-60:]!r}")


def plausible(text: str) -> bool:
    """Where no expectation is written down: something new is shown, and it does not end in quoted lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and not lines[-1].lstrip().startswith(">") and not lines[-1].rstrip().endswith("wrote:")


def folders(extra: Iterable[Path]) -> list[Path]:
    """The corpora beside the checkout, and others of the same kinds."""
    beside = sorted(path for path in CORPORA.iterdir() if path.is_dir()) if CORPORA.is_dir() else []
    return [*beside, *extra]
