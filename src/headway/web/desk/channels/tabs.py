"""The pages that belong together under Channels."""

from django.utils.translation import gettext as _

from headway.intake import queries as intake
from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest

Tab = tuple[str, str, bool, int | None]


def tabs(request: DeskRequest, current: str) -> list[Tab]:
    """What the reader may open of them, as (words, address, whether it is this one, count). One query."""
    waiting = intake.quarantine_size() if request.user.may(Permission.OPERATE) else 0
    offered: list[tuple[str, str, Permission, int | None]] = [
        (_("Mailboxes"), "/desk/mailboxes", Permission.OPERATE, None),
        (_("Hooks"), "/desk/hooks", Permission.SETTINGS, None),
        (_("Quarantine"), "/desk/quarantine", Permission.OPERATE, waiting or None),
        (_("Suppressed addresses"), "/desk/suppressions", Permission.READ, None),
    ]
    return [
        (words, href, href == current, count)
        for words, href, permission, count in offered
        if request.user.may(permission)
    ]
