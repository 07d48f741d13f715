"""How values are written on screens: names, sizes, times. Pure; the words go through translation."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from headway.foundation import clock
from headway.tickets.rules.naming import is_ours
from headway.tickets.rules.searching import START, STOP

TONES = 6
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_SOON = timedelta(hours=1)
_CHANNELS = {
    "email": lambda: gettext("Email"), "form": lambda: gettext("Form"), "chat": lambda: gettext("Chat"),
    "phone": lambda: gettext("Phone"), "api": lambda: gettext("API"), "desk": lambda: gettext("Desk"),
    "import": lambda: gettext("Import"),
}  # fmt: skip
_SYSTEMS = {
    "csv": "CSV", "zendesk": "Zendesk", "freshdesk": "Freshdesk", "intercom": "Intercom", "helpscout": "Help Scout",
    "zammad": "Zammad",
}  # fmt: skip


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Up to two letters that stand for a name: "Dana Ortiz" → "DO", "陳" → "陳", "" → "?"."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


@lru_cache(maxsize=4096)
def tone(name: str) -> int:
    """One of six colours for a name, the same everywhere and always."""
    return hashlib.blake2b(name.encode(), digest_size=1).digest()[0] % TONES + 1


def iso(at: datetime) -> str:
    """A moment for programs: UTC, whole seconds."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="seconds")


def ago(at: datetime) -> str:
    """How long ago, short: "now", "8 min", "3h", "2d", then the date."""
    seconds = (clock.now() - at).total_seconds()
    if seconds < _MINUTE:
        return gettext("now")
    if seconds < 7 * _DAY:
        return short(seconds)
    local = timezone.localtime(at)
    if local.year == timezone.localtime(clock.now()).year:
        # Translators: letters stand for parts of a date (Django's date format); "12 Nov" here, "12. Nov." is j. M
        return formats.date_format(local, pgettext("date format", "j M"))
    return formats.date_format(local, pgettext("date format", "j M Y"))


def short(seconds: float) -> str:
    """A span in its largest unit: "8 min", "3h", "2d". At least a minute."""
    if seconds < _HOUR:
        return gettext("%d min") % max(1, int(seconds // _MINUTE))
    if seconds < _DAY:
        return gettext("%dh") % int(seconds // _HOUR)
    return gettext("%dd") % int(seconds // _DAY)


def left(at: datetime) -> str:
    """Time left until a target ("0:42", "3d"), or how long past it ("late 12 min")."""
    seconds = (at - clock.now()).total_seconds()
    if seconds < 0:
        return gettext("late %s") % short(-seconds)
    if seconds >= _DAY:
        return short(seconds)
    minutes = int(seconds // _MINUTE)
    return f"{minutes // 60}:{minutes % 60:02d}"


def urgency(at: datetime) -> str:
    """The meaning of a target's nearness: danger when past, warning in its last hour, else nothing."""
    remaining = at - clock.now()
    if remaining < timedelta(0):
        return "danger"
    return "warning" if remaining < _SOON else ""


def status_words(name: str, category: str) -> str:
    """A status's name for a reader: in their language, unless the workspace has given it a name of its own."""
    return gettext(name) if is_ours(name, category) else name


def marked(text: str) -> SafeString:
    """A piece of a text found by search, its matches as marks; everything else is escaped."""
    return mark_safe(escape(text).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308 (escaped just here)


def called(html: str, written: Sequence[str]) -> SafeString:
    """Safe HTML with these mentions ("@Mia") set apart in its text, not in its tags."""
    if not written:
        return mark_safe(html)  # noqa: S308 (it came as safe HTML)
    names = re.compile("|".join(re.escape(escape(name)) for name in written))
    parts = re.split(r"(<[^>]*>)", html)
    parts[::2] = [names.sub(lambda found: f'<span class="called">{found[0]}</span>', part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 (it came as safe HTML, and names are escaped)


def moment(at: datetime) -> str:
    """Day and time in the reader's zone: "today"'s times stand alone, others carry their date."""
    local, today = timezone.localtime(at), timezone.localtime(clock.now())
    if local.date() == today.date():
        return formats.date_format(local, "H:i")
    if local.year == today.year:
        return formats.date_format(local, pgettext("date format", "j M, H:i"))
    return formats.date_format(local, pgettext("date format", "j M Y, H:i"))


def full_moment(at: datetime) -> str:
    """Weekday, date, time and zone."""
    return formats.date_format(timezone.localtime(at), pgettext("date format", "D j M Y, H:i T"))


def local_field(at: datetime) -> str:
    """A moment as a form's field for day and time takes it, in the reader's zone."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def file_size(count: int) -> str:
    """Bytes as people say them: "820 B", "14 kB", "3.2 MB"."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count // 1000} kB"
    return f"{formats.number_format(count / 1_000_000, 1)} MB"


def capped(count: int, limit: int = 1000) -> str:
    """A count that was taken no further than a limit: "12", "1,000+"."""
    said: str = formats.number_format(min(count, limit), force_grouping=True)
    return f"{said}+" if count >= limit else said


def channel(name: str) -> str:
    """A channel's name for people."""
    words = _CHANNELS.get(name)
    return words() if words else name


def system(name: str) -> str:
    """An old system's name for people: the known ones as they spell themselves, others as somebody named them."""
    return _SYSTEMS.get(name) or (gettext("Mail") if name == "mail" else name)
