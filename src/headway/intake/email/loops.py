"""Is this mail automatic, and may it be answered automatically (RFC 3834)? Evidence in, a reason out."""

import re
from collections.abc import Set
from typing import Final

from headway.intake.email.mail import ParsedMail

# How the subjects of out-of-office replies begin.
_AWAY: Final = (

    "auto(?:matic|mated|matische?|matisk|mática|matica|matyczna)?[ :_-]{0,3}(?:reply|response|answer|respuesta)",
    "auto(?:matic|mated|matische?|matisk|mática|matica|matyczna)?[ :_-]{0,3}(?:antwort|svar|risposta|resposta)",
    "auto(?:matyczna|matick[áé])?[ :_-]{0,3}(?:odpowiedź|odpověď|odpoveď|respons|beantwoording)",
    "auto(?:reply|antwort|svar|respond)", "(?:i am |i'm )?out of (?:the )?office", r"ooo\b", "away from", "vacation",
    "on (?:annual )?leave", "on holiday", "abwesen", "nicht im (?:büro|hause)", "im urlaub", "réponse automatique",
    "absence", "absent", "message d'absence", "respuesta automática", "fuera de (?:la )?oficina",
    "risposta automatica", "fuori (?:sede|ufficio)", "assente", "resposta automática", "ausência",
    "fora do escritório", "afwezig", "automatisch antwoord", "frånvaro", "autosvar", "automatiskt svar",
    "automatisk svar", "fravær", "poissa", "automaattinen vastaus", "autoodpowiedź", "nieobecno", "автоответ",
    "автоматический ответ", "отсутств", "otomatik yanıt", "ofis dışında", "自動返信", "自动回复", "自動回覆",
    "不在", "부재",
    "자동 회신", "自动答复",
)  # fmt: skip
_AWAY_SUBJECT: Final = re.compile(r"\s*(?:" + "|".join(_AWAY) + ")", re.IGNORECASE)
# Local parts nobody reads mail at.
_ROBOT_NAMES: Final = (
    "mailer-?daemon", "post_?master", "no-?reply", "do-?not-?reply", "nobody", "noreply.*",
    ".*-(?:bounces?|request|owner)", "owner-.*", "bounces?(?:[+-].*)?", "root", "daemon", "listserv", "majordomo",
    "autoresponder", "mail-?daemon",
)  # fmt: skip
_ROBOTS: Final = re.compile("|".join(_ROBOT_NAMES), re.IGNORECASE)
_BULK: Final = {"bulk", "list", "junk", "auto_reply"}


def automatic(mail: ParsedMail) -> str:
    """What kind of automatic mail this is: "report", "away" (somebody's auto-reply), "generated", "bulk"; "" for a
    person's."""
    evidence = mail.evidence
    if mail.report is not None:
        return "report"
    submitted = evidence.auto_submitted.partition(";")[0].strip()
    replied = submitted.startswith("auto-replied") or evidence.autoreply or evidence.precedence == "auto_reply"
    answers = bool(mail.in_reply_to or mail.references)
    if replied or (
        _AWAY_SUBJECT.match(mail.subject)
        and (submitted not in ("", "no") or answers or evidence.auto_response_suppress)
    ):
        return "away"
    if submitted not in ("", "no"):
        return "away" if answers and _AWAY_SUBJECT.search(mail.subject) else "generated"
    if evidence.list_id or evidence.precedence in _BULK or (evidence.list_unsubscribe and evidence.feedback_id):
        return "bulk"
    if evidence.null_return_path:
        return "generated"
    return ""


def reason_not_to_answer(mail: ParsedMail, own_addresses: Set[str]) -> str:
    """Why no automatic mail may answer this one; empty when one may. `own_addresses` are keys of our mailboxes."""
    evidence = mail.evidence
    author = mail.author
    if author is None:
        return "no sender"
    if mail.report is not None:
        return "a report"
    if evidence.auto_submitted.partition(";")[0].strip() not in ("", "no"):
        return "Auto-Submitted"
    if evidence.null_return_path:
        return "empty Return-Path"
    if _ROBOTS.fullmatch(author.email.partition("@")[0]):
        return "an automatic sender"
    if evidence.list_id or evidence.list_unsubscribe:
        return "a mailing list"
    if evidence.precedence in _BULK:
        return "Precedence"
    if set(re.split(r"[,\s]+", evidence.auto_response_suppress)) & {"all", "autoreply", "oof", "dr", "rn", "nrn"}:
        return "X-Auto-Response-Suppress"
    if evidence.autoreply or _AWAY_SUBJECT.match(mail.subject):
        return "an automatic reply"
    answered = {address.key for address in (*mail.authors, *mail.reply_to, *((mail.sender,) if mail.sender else ()))}
    if answered & own_addresses:
        return "our own address"
    return ""


def stamps() -> dict[str, str]:
    """The headers every automatic mail of ours carries."""
    return {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", "Precedence": "auto_reply"}
