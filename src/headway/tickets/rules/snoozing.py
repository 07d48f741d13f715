"""Out of sight until when."""

from datetime import UTC, datetime
from typing import Final

# no time ends it: the ticket comes back when the customer writes, or by hand
UNTIL_A_REPLY: Final = datetime(9999, 1, 1, tzinfo=UTC)
