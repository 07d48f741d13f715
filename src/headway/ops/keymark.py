"""Is the master key at hand the one that the secrets in this database were sealed with?"""

from headway.foundation import keys
from headway.foundation.errors import Invalid

_PURPOSE = "ops/key-mark"
_TEXT = b"headway"


def opens(sealed: bytes) -> bool:
    """Whether the key at hand opens this mark."""
    try:
        return keys.unseal(_PURPOSE, sealed) == _TEXT
    except Invalid:
        return False


def fits() -> bool:
    """Whether it opens this database's mark. The first key that asks is the one from then on."""
    from headway.ops.models import Mark

    mark, _ = Mark.objects.get_or_create(id=1, defaults={"sealed": keys.seal(_PURPOSE, _TEXT)})
    return opens(bytes(mark.sealed))
