"""The lake's vocabulary: what happens, whom a ticket waits for, who acts, why it exists."""

from enum import StrEnum


class Kind(StrEnum):
    """What happened on a ticket."""

    CREATED = "created"
    RECEIVED = "received"  # a message of the customer
    REPLIED = "replied"  # a message to the customer, of a person or of a machine
    NOTE = "note"
    STATUS = "status"
    ASSIGNED = "assigned"
    ESCALATED = "escalated"  # to a higher tier or outside support
    STEP = "step"  # anything else, named by `activity`
    WORKED = "worked"  # time that was recorded as worked, up to then; no step of the ticket


class Status(StrEnum):
    """Whom a ticket waits for after an event."""

    OPEN = "open"  # for us
    WAITING = "waiting"  # for the customer
    HOLD = "hold"  # for others: engineering, a supplier
    SOLVED = "solved"
    CLOSED = "closed"


class Side(StrEnum):
    """Who acts."""

    CUSTOMER = "customer"
    AGENT = "agent"
    AUTOMATION = "automation"
    SYSTEM = "system"


class Origin(StrEnum):
    """Why a ticket exists. Only what a customer began is counted; the rest is shown apart."""

    CUSTOMER = "customer"
    SPAM = "spam"
    TEST = "test"
    MERGED = "merged"
    MACHINE = "machine"
    PROACTIVE = "proactive"
