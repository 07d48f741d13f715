"""Days and times as they are written to customers: in the language of the text, in the workspace's own zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import pgettext

from headway.settings import queries


def moment(at: datetime) -> str:
    """ "12 November 2026, 14:05 CET", in the language of this moment."""
    return formats.date_format(_local(at), pgettext("date format", "j F Y, H:i T"))


def day(at: datetime) -> str:
    """ "12 November 2026"."""
    return formats.date_format(_local(at), pgettext("date format", "j F Y"))


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(queries.current().timezone))
