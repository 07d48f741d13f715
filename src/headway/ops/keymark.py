"""Is the master key at hand the one that the secrets in this database were sealed with?"""

from headway.foundation import keys
from headway.foundation.errors import Invalid

_PURPOSE = "ops/key-mark"
_TEXT = b"headway"


def fits() -> bool:
    """Whether it is. The first key that asks is the one from then on."""
    from headway.ops.models import KeyMark

    mark, _ = KeyMark.objects.get_or_create(id=1, defaults={"sealed": keys.seal(_PURPOSE, _TEXT)})
    try:
        return keys.unseal(_PURPOSE, bytes(mark.sealed)) == _TEXT
    except Invalid:
        return False
