"""The one way out of this machine: the address is resolved once, judged, and connected to; nothing is followed."""

from headway.foundation.outward.http import Answer, Coming, encryption, request, stream
from headway.foundation.outward.places import Place, Refused, connect, find

__all__ = ["Answer", "Coming", "Place", "Refused", "connect", "encryption", "find", "request", "stream"]
