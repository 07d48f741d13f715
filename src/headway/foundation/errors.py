"""The ways a request can be refused. Each carries a sentence for the person who asked."""


class HeadwayError(Exception):
    """Something refused with a reason that a person can act on.

    `message` says what happened, what is safe and what to do; `code` is stable, for programs.
    """

    code = "error"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class NotFound(HeadwayError):
    """It does not exist, or the asker may not know that it does."""

    code = "not_found"


class Forbidden(HeadwayError):
    """The asker's role or scope does not allow it."""

    code = "forbidden"


class Invalid(HeadwayError):
    """What was sent cannot be used. `details` names the fields."""

    code = "invalid"


class Conflict(HeadwayError):
    """It changed since the asker last looked, or the change makes no sense in its present state."""

    code = "conflict"


class TooMany(HeadwayError):
    """More requests than the limit allows. `details['retry_after']` is in seconds."""

    code = "too_many"


class Held(HeadwayError):
    """The workspace was restored and is held: nothing leaves it until an administrator releases it."""

    code = "held"
