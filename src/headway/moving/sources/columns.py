"""Which column of a table holds what: the audit's guess, and what an import wants besides."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.reading.synonyms import SYNONYMS

CUSTOM: Final = "custom"  # a column that becomes a custom field
# Before those of the audit: what says who somebody is, and where a ticket is shown.
_MORE: Final[dict[str, tuple[str, ...]]] = {
    "customer_email": ("requesteremail", "customeremail", "contactemail", "email", "fromemail"),
    "customer_name": ("requestername", "customername", "contactname", "fromname", "requester", "customer", "contact"),
    "agent_email": ("agentemail", "assigneeemail", "owneremail"),
    "organisation": ("organisation", "organization", "company", "companyname", "organizationname", "account"),
    "url": ("url", "link", "ticketurl", "permalink"),
    "updated_at": ("updatedat", "lastupdated", "updated", "modified", "modifiedat", "updatedtime"),
    "satisfaction": ("satisfaction", "csat", "rating", "satisfactionscore"),
    "comment": ("commentid", "messageid", "entryid"),
    "html": ("html", "htmlbody", "bodyhtml"),
}
_TAKEN: Final = (
    *("ticket", "at", "created_at", "first_reply_at", "solved_at", "closed_at", "actor", "actor_kind", "status"),
    *("team", "category", "tag", "channel", "priority", "subject", "text", "public"),
)
FIELDS: Final[dict[str, tuple[str, ...]]] = {**_MORE, **{name: SYNONYMS[name] for name in _TAKEN}}


def guess(columns: Sequence[str], overrides: Mapping[str, str]) -> dict[str, str]:
    """The field of each column that holds one. Raises Invalid for a field or a column that does not exist."""
    for column, name in overrides.items():
        if column not in columns:
            raise Invalid(f"There is no column {column!r}. The columns are: {', '.join(columns)}.")
        if name and name != CUSTOM and name not in FIELDS:
            raise Invalid(f"There is no field {name!r}. The fields are: {', '.join((*FIELDS, CUSTOM))}.")
    found = dict(overrides)
    plain = {column: re.sub(r"[^a-z0-9]", "", column.lower()) for column in columns if column not in found}
    for name, synonyms in FIELDS.items():
        if name in found.values():
            continue
        for synonym in synonyms:
            taken = next((column for column, key in plain.items() if key == synonym and column not in found), None)
            if taken is not None:
                found[taken] = name
                break
    return {column: name for column, name in found.items() if name}
