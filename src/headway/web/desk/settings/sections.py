"""What the settings area consists of, for whom."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest

_READ, _TEAMS, _SETTINGS = Permission.READ, Permission.TEAMS, Permission.SETTINGS
_WORK, _OPERATE = Permission.WORK, Permission.OPERATE

Offered = tuple[str, str, str, Permission]


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the settings."""

    href: str
    words: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together."""

    heading: str
    sections: list[Section]


def groups(request: DeskRequest) -> list[Group]:
    """What the reader may open, group by group; groups of which they may open nothing are left out."""
    here = _here(request.path)
    found = [
        Group(
            heading,
            [
                Section(href, words, icon, href == here)
                for href, words, icon, permission in offered
                if request.user.may(permission)
            ],
        )
        for heading, offered in _all()
    ]
    return [group for group in found if group.sections]


def is_here(path: str) -> bool:
    """Whether an address belongs to the settings area."""
    return _here(path) != ""


def _here(path: str) -> str:
    """The section an address stands in: the one whose own address is the longest beginning of it."""
    known = [href for _heading, offered in _all() for href, *_rest in offered]
    return max((href for href in known if path == href or path.startswith(f"{href}/")), key=len, default="")


def _all() -> list[tuple[str, list[Offered]]]:
    return [
        (_("Workspace"), [
            ("/desk/settings", _("General"), "settings", _SETTINGS),
            ("/desk/first-steps", _("First steps"), "check", _SETTINGS),
            ("/desk/settings/brands", _("Brands"), "building", _SETTINGS),
            ("/desk/settings/sending", _("Sending and files"), "send", _SETTINGS),
            ("/desk/settings/access", _("Signing in"), "lock", _SETTINGS),
            ("/desk/settings/imports", _("Imports"), "download", _SETTINGS),
            ("/desk/settings/audit", _("Audit"), "search", _SETTINGS),
            ("/desk/sample-data", _("Sample data"), "sample", _SETTINGS),
        ]),
        (_("Team"), [
            ("/desk/people", _("People"), "person", _READ),
            ("/desk/settings/teams", _("Teams"), "people", _TEAMS),
        ]),
        (_("Tickets"), [
            ("/desk/settings/statuses", _("Statuses"), "open", _SETTINGS),
            ("/desk/settings/types", _("Types"), "list", _SETTINGS),
            ("/desk/settings/fields", _("Fields"), "text", _SETTINGS),
            ("/desk/settings/tags", _("Tags"), "tag", _SETTINGS),
            ("/desk/settings/reopening", _("Reopening and aging"), "refresh", _SETTINGS),
            ("/desk/settings/senders", _("Sender rules"), "ban", _WORK),
        ]),
        (_("Service levels"), [
            ("/desk/settings/calendars", _("Business hours"), "clock", _SETTINGS),
            ("/desk/settings/targets", _("Targets"), "waiting", _SETTINGS),
        ]),
        (_("Operating"), [
            ("/desk/audit-log", _("Audit log"), "journal", _TEAMS),
            ("/desk/dead-letters", _("Dead letters"), "dead", _OPERATE),
            ("/desk/settings/hold", _("Held workspace"), "hold", _OPERATE),
        ]),
        (_("You"), [
            ("/desk/account", _("Your account"), "person", _READ),
            ("/desk/signature", _("Signature"), "text", Permission.REPLY),
            ("/desk/habits", _("Keys and habits"), "key", _READ),
            ("/desk/tokens", _("API tokens"), "code", _READ),
        ]),
    ]  # fmt: skip
