"""The pages that stand beside each other: customers and organisations."""

from django.utils.translation import gettext as _

Tab = tuple[str, str, bool, None]


def tabs(here: str) -> list[Tab]:
    """Words, address and whether it is this page."""
    pages = [(_("Customers"), "/desk/customers"), (_("Organisations"), "/desk/organisations")]
    return [(words, address, address == here, None) for words, address in pages]
