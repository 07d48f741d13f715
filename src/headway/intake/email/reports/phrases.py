"""The words that give a bounce away, in English and behind it in other languages. Data only: regular expressions."""

from typing import Final

from headway.intake.email.reports import languages

# Local parts of the addresses that send bounces.
DAEMONS: Final = (
    "(?:mailer|mail|mail-?er|mta|smtp)[-_.]?(?:daemon|delivery|deliverysubsystem)", "post_?master", "mail-?delivery",
    "bounce", "daemon", "microsoftexchange", "no-?reply", "antispam", "mdaemon", "exchange", "auto-?admin",
    "symantec",
)  # fmt: skip
# Of these, those that shops and newsletters use more often than mail servers do.
SHARED: Final = ("no-?reply", "exchange")

# Subjects.
SUBJECTS: Final = (
    "undeliver", "delivery (?:status|has failed|failure|failed|notification|problem|report|delay)", "returned mail",
    "failure notice", "fail(?:ed|ure)[ :]*(?:notice|delivery|mail)",
    "mail (?:delivery|could not|system error|failure)", "delivery failed", "non[ -]?(?:delivery|remis)",
    "returned (?:to sender|email)", "not delivered", "could ?n.t be delivered",
    "could not be delivered", "unable to deliver",
    "message (?:delivery has failed|not delivered|delayed|delivery failure)", "mail failure", "error sending",
    "delivery error", "warning: (?:could not|message)", "permanent (?:delivery )?fail", "undelivered",
    "user unknown", "mail status report", "bounced", "delayed mail", "mail not delivered",
    "address not found", "delivery incomplete", "delivery problems", "message status",
    *languages.SUBJECTS,
)  # fmt: skip

# Words in the text.
WORDS: Final = (
    "could ?n[o']t be delivered", "unable to (?:deliver|send)",
    "delivery (?:to the following|has failed|failed|of your|status)", "not (?:be )?delivered", "was rejected",
    "permanent(?:ly)? (?:error|fatal|failed|fail)", "the following (?:address|recipient|error)",
    "this is a permanent error", "undeliver", "mailbox (?:is )?full", "user unknown", "did not reach",
    "wasn't (?:able to deliver|delivered)", "requested action not taken", "rejected by",
    "returned (?:mail|to sender)", "error (?:occurred|delivering)", "exceeds allowed", "unknown user",
    "delivery failure", "could not (?:send|deliver)", "couldn't deliver", "invalid (?:user )?address",
    "failed (?:to deliver|permanently)", "can ?not be delivered", "not a member", "may not exist",
    *languages.WORDS,
    "delivery problems", "could not be reached", "did not receive",
    "delayed", "mail(?:box)? (?:quota|exceed)", "message was created automatically", "automatically by mail",
)  # fmt: skip

_WHO: Final = r"(?:user|mailbox|recipient|account|address)(?: \S{1,120})?"

# Why a mail failed, by what servers write about it. The order counts.
_ENGLISH: Final = {
    "mailbox-full": (
        "mailbox (?:is |was )?full", "over ?quota", "quota (?:exceeded|full|is full)",
        r"exceed(?:s|ed)?(?: \w+){0,3} (?:quota|storage|allowed size|mailbox)", r"mailbox \S{0,80} is over",
        "insufficient (?:disk|storage|space)", "out of storage", "not enough storage", "full mailbox",
        "maildir over", "disk quota", "disc quota", "boîte (?:.{0,20})pleine", "mailbox_full", "mailbox size limit",
        "account is full", "user has exceeded", "has too many messages", "message box (?:is )?full",
    ),
    "too-large": (
        r"(?:message|mail|size)(?: \w+){0,3} (?:too (?:large|big)|exceeds (?:the )?(?:maximum|fixed|limit|size))",
        "size limit", "exceeds (?:the )?(?:maximum )?(?:message )?size", "message length exceeds", "too big",
    ),
    "unknown-user": (
        "user unknown", "unknown (?:user|recipient|mailbox|local|address)",
        "no such (?:user|recipient|mailbox|address|account|person|local)",
        _WHO + r"(?: is| was)? (?:not found|does(?: not|n't) exist|not exist|unknown|unavailable|invalid)",
        _WHO + "(?: is| was)? (?:disabled|inactive|not valid|no longer|suspended)",
        "does not have a", "do(?:es)? not exist", "doesn't exist", "not exist",
        "invalid (?:recipient|user|mailbox|address|final)", "(?:isn't|is not) (?:a |an )?(?:valid|known|existing)",
        "not a (?:known|valid)", "bad (?:destination|recipient)", "no mailbox", "not our customer", "not listed in",
        "no (?:valid )?recipients?", "recipient (?:not|address rejected|rejected)", "unrouteable",
        "undeliverable address", "address (?:rejected|not present|unknown)", "mailbox not", "unknown account",
        "not known (?:here|at)", r"5\.1\.1", "has been disabled", "account (?:is )?(?:disabled|inactive|closed)",
        "mailbox unavailable", "unable to find", "couldn't be found", "could not be found", "wasn't found",
        "address couldn't be found", "ディレクトリのリストにありません", "見つかりません", "この宛先",
        "宛先不明", r"user (?:\S{1,80} )?doesn't",
        "no user", "unknown_user", "user not known", "no longer (?:available|on server|valid)",
        "relay access denied.{0,5}user",
    ),
    "unknown-host": (
        "host (?:or domain )?(?:name )?(?:not found|unknown|lookup)",
        r"(?:domain|host)(?: \S{1,120})? (?:not found|does(?: not|n't) exist|unknown|invalid)",
        "no (?:such )?(?:domain|host)", "name service error", "couldn't find any host", "find a mail exchanger",
        "no mx", "unknown host", "nxdomain", "dns (?:error|type)",
        "domain (?:name )?(?:not found|lookup|lookups failed)", "unroutable", "no route to", "unable to route",
        "null ?mx", "couldn't find any",
    ),
    "blocked": (
        "block(?:ed|list)", "black ?list", "spamhaus", r"\brbl\b", "spam", "reputation", "poor", "banned",
        "barracuda", r"cbl\.abuseat", "unsolicited", "virus", "not accepted from", "refused to talk", "too many",
        "rate limit", "throttl",
    ),
    "policy": (
        "dmarc", "dkim", r"\bspf\b", "authenticat", "policy", "not authori[sz]ed",
        "relay(?:ing)? (?:access )?denied", "access denied", "denied", "not permitted", "rejected", "refused",
        "prohibited", "local policy", "not allowed", "permission", "not a member", "are not member",
    ),
    "expired": (
        "time(?:d)? ?out", "expired", "too long", "retry time", "could not be delivered for", "delivery time",
        "has been queued", "gave up", "given up after", "exceeded the maximum",
    ),
    "busy": (
        "try again", "temporar", "greylist", "graylist", "later", "connection (?:refused|reset|lost|timed)",
        "network", "unreachable", "busy", "overload", "service (?:currently |not )?(?:un)?available",
    ),
}  # fmt: skip
REASONS: Final = {name: (*words, *languages.REASONS.get(name, ())) for name, words in _ENGLISH.items()}

# What stands above the returned mail, or its first header.
COPIES: Final = (
    r"(?:this is |below (?:this line )?is |included is |here is )?(?:a |the )?copy of the (?:message|original|mail)",
    "original message", "returned message", "message headers? follows?", "original message follows",
    "the header of the original", "begin message", "start of (?:returned|original) message", "undelivered message",
    "message header", "mensaje original", "messaggio originale", r"received\s?:\s?from\b", r"return-path\s?:",
    "end of message", r"texte? original", "(?:the )?(?:full )?headers? and top", "unsent message follows",
    *languages.COPIES, r"received\s?:\s?by\b", r"received:\(qmail",
)  # fmt: skip

# What stands right before the address of a failed recipient.
NAMING: Final = (
    r"rcpt to\s?:", r"recipients?(?: address)?\s?:", r"original address\s?:", r"addressed to\s?:",
    r"delivered to\s?:?", r"deliver(?:y|ing)?(?: your)? (?:message|mail)? ?to(?: the following \w{1,12})?\s?:?",
    r"sent to\s?:?", r"address(?:es)?\s?:", r"(?:user|mailbox|account)\s?:?", r"allowed size\s?:", r"envelope-to\s?:",
    r"to\s?:", r"宛先\s?[:：]", r"failed\s?:", "for",
    *languages.NAMING,
)  # fmt: skip

# What tells that a mail only waits.
DELAYS: Final = (
    "not yet been delivered", "delivery attempts will continue", "will be retried", "you do not need to resend",
    "warning message only", "still trying", "will continue to be", "has been delayed", "temporary problem delivering",
    *languages.DELAYS,
)  # fmt: skip
