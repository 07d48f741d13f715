"""What stands between Headway and its work on this machine."""

from headway.foundation.errors import HeadwayError


class Unusable(HeadwayError):
    """The machine or the database is not in a state Headway can work with; `message` says what to do."""

    code = "unusable"
