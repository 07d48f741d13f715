"""What a source's own words mean: statuses, activities, roles, channels that are none of a customer's.

The first pattern that is found in a value decides. `--map field:value=meaning` overrules each.
"""

import re
from typing import Final, NamedTuple

from headway.foundation.errors import Invalid
from headway.insight.lake.words import Kind, Origin, Side, Status


class Step(NamedTuple):
    """What an activity is: its kind, the status it leads to (None when it says nothing), and who does it."""

    kind: str
    status: str | None = None
    side: str | None = None


# Statuses, by what stands in their names.
STATUSES: Final = (
    (r"spam|junk|invalid|deleted|trash", Origin.SPAM),
    (r"merged|duplicate", Origin.MERGED),
    (r"closed|archived|cancel|abandon", Status.CLOSED),
    (r"re-?open", Status.OPEN),
    (r"unresolved|unsolved", Status.OPEN),
    (r"solved|resolved|done|fixed|completed?$|answered$", Status.SOLVED),
    (r"third|vendor|supplier|hold|engineering|develop|internal|partner|escalat", Status.HOLD),
    (r"wait|pending|customer|requester|user|suspend|snooz", Status.WAITING),
    (r"new|open|progress|assign|active|in[ _-]?work|todo|triage|received|accepted|started", Status.OPEN),
    # German, Spanish, French, Italian, Portuguese, Dutch
    (r"wieder ?geöffnet|reabiert|rouvert|riapert|heropend|ungelöst|no resuelt|non résolu|non risolt", Status.OPEN),
    (r"(?<!ab)geschlossen|abgebrochen|storniert|cerrad|fermé|clôtur|\bclos\b|chius|fechad|gesloten", Status.CLOSED),
    (r"gelöst|erledigt|beantwortet|abgeschlossen|resuelt|solucionad|résolu|risolt|resolvid|opgelost", Status.SOLVED),
    (r"zurückgestellt|en espera de tercer|sospes|suspendid|aangehouden", Status.HOLD),
    (r"wartet|wartend|ausstehend|pendient|en espera|en attente|in attesa|pendente|wachten", Status.WAITING),
    (r"offen|\bneu\b|bearbeitung|abiert|nuev|en curso|ouvert|nouveau|en cours", Status.OPEN),
    (r"apert|nuov|in corso|abert|\bnovo\b|andamento|nieuw|behandeling", Status.OPEN),
)
# Activities of event logs, by what stands in their names.
ACTIVITIES: Final = (
    (
        r"(require|request|schedul|plan|await).*(upgrade|release|deploy|intervention|visit|part)",
        Step(Kind.STEP, Status.HOLD),
    ),
    (r"(resol|fix|clos).*(anomaly|bug|defect)", Step(Kind.STEP, Status.OPEN)),
    (r"(create|open|raise|file|report).*(anomaly|bug|defect|problem)", Step(Kind.ESCALATED, Status.HOLD)),
    (r"escalat|(to|2nd|second|third|3rd).?(level|line|tier)", Step(Kind.ESCALATED, Status.OPEN)),
    (r"re-?open", Step(Kind.STATUS, Status.OPEN)),
    (r"auto.*(reply|response|acknowledg)", Step(Kind.REPLIED, None, Side.AUTOMATION)),
    (
        r"(customer|requester|client|user|inbound|incoming).*(repl|respon|message|mail|comment|answer|update)",
        Step(Kind.RECEIVED, Status.OPEN, Side.CUSTOMER),
    ),
    (r"received|message.?in\b", Step(Kind.RECEIVED, Status.OPEN, Side.CUSTOMER)),
    (
        r"repl|respond|answer|(email|message|mail).*(sent|out)|send.*(email|message|mail)|outbound|public comment",
        Step(Kind.REPLIED, None, Side.AGENT),
    ),
    (r"note|private comment|internal comment|comment", Step(Kind.NOTE)),
    (r"\bclos(ed?|ing|ure)\b", Step(Kind.STATUS, Status.CLOSED)),
    (r"\b(re)?sol(ve|ved|ving|ution)\b|\bcompleted?\b|\bdone\b", Step(Kind.STATUS, Status.SOLVED)),
    (r"\bwait|pending|suspend|(await|ask|request).*(customer|info|user)", Step(Kind.STATUS, Status.WAITING)),
    (r"hold", Step(Kind.STATUS, Status.HOLD)),
    (
        r"(assign|set|change).*(serious|sever|priorit|categor|urgency|type)|triage|classif|categori",
        Step(Kind.STEP, Status.OPEN),
    ),
    (r"insert|creat|register|submit|open(ed)? ticket|ticket open|logged|registration", Step(Kind.CREATED, Status.OPEN)),
    (
        r"take in charge|took|accept|claim|assign|transfer|rout(e|ed|ing)|hand.?off|forward",
        Step(Kind.ASSIGNED, Status.OPEN),
    ),
    (r"start|work|progress|investigat|diagnos|analy[sz]", Step(Kind.STEP, Status.OPEN)),
)
SIDES: Final = (
    (r"bot|automat|trigger|workflow|rule|robot|machine", Side.AUTOMATION),
    (r"system", Side.SYSTEM),
    (r"customer|client|requester|end.?user|contact|visitor|lead|user$|^in(bound|coming)?$", Side.CUSTOMER),
    (r"agent|admin|staff|support|operator|team|employee|^out(bound|going)?$", Side.AGENT),
)
# Names of those who act that are no person's.
MACHINES: Final = r"\b(bot|robot|automation|automatic|auto|system|trigger|workflow|mailer|no-?reply|scheduler|batch)\b"
# What stands for whoever asked, where a log names no customers.
CUSTOMERS: Final = r"customer|client|requester|reporter|caller|end.?user|user|contact"
CHANNELS: Final = (
    (r"spam", Origin.SPAM),
    (r"monitor|alert|cron|machine|system.?generated", Origin.MACHINE),
    (r"proactive|outreach|campaign", Origin.PROACTIVE),
)


def status(value: str) -> str | None:
    """The status, or an origin for words like spam; None when the word says nothing."""
    return _first(STATUSES, value)


def step(value: str) -> Step:
    """What an activity is. One without a known word is a step that changes nothing."""
    for pattern, found in ACTIVITIES:
        if re.search(pattern, value.lower().replace("_", " ")):
            return found
    return Step(Kind.STEP)


def side(value: str) -> str | None:
    """Who a role is; None when the word says nothing."""
    return _first(SIDES, value)


def machine(name: str) -> bool:
    """Whether an actor's name is that of a program."""
    return bool(re.search(MACHINES, name.lower().replace("_", " ")))


def customer(name: str) -> bool:
    """Whether an actor's name is no name, but says that it was the customer."""
    return bool(re.fullmatch(CUSTOMERS, name.lower().replace("_", " ").strip()))


def origin(channel: str) -> str | None:
    """What a channel says about why its tickets exist; None for a customer's own."""
    return _first(CHANNELS, channel)


def overruled(field: str, meaning: str) -> Step:
    """What `--map field:value=meaning` asks for. Raises Invalid for a meaning that does not exist."""
    if meaning in set(Status):
        kind = Kind.STATUS if field == "activity" else Kind.STEP
        return Step(kind, meaning)
    if meaning in set(Kind):
        return Step(meaning, Status.OPEN if meaning in {Kind.CREATED, Kind.RECEIVED} else None)
    if meaning in set(Side):
        return Step(Kind.STEP, None, meaning)
    if meaning in set(Origin):
        return Step(Kind.STEP, meaning)
    known = [*Status, *Kind, *Side, *Origin]
    raise Invalid(f"{meaning!r} is no meaning of {field}. There are: {', '.join(dict.fromkeys(known))}.")


def _first(patterns: tuple[tuple[str, str], ...], value: str) -> str | None:
    plain = value.lower().strip()
    return next((str(found) for pattern, found in patterns if re.search(pattern, plain)), None)
