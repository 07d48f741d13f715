"""The pages that stand beside each other: customers, organisations, and who may stand there twice."""

from django.utils.translation import gettext as _

from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest

Tab = tuple[str, str, bool, None]


def tabs(request: DeskRequest, here: str) -> list[Tab]:
    """What the reader may open of them: words, address and whether it is this page."""
    pages = [
        (_("Customers"), "/desk/customers"),
        (_("Organisations"), "/desk/organisations"),
        (_("Duplicates"), "/desk/customers/duplicates"),
    ]
    offered = pages if request.user.may(Permission.CUSTOMERS) else pages[:2]
    return [(words, address, address == here, None) for words, address in offered]
