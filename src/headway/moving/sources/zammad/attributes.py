"""Zammad's attributes of tickets that somebody there made: which there are, and what tickets hold of them.

Definitions come before the tickets where both are fetched; without them, what no ticket has by itself is a text.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from headway.insight.reading.values import words
from headway.moving.records import Anything
from headway.moving.sources.documents import Left
from headway.moving.sources.fields import defined, heard, options_of
from headway.moving.sources.times import moment

_EXTERNAL: Final = "autocompletion_ajax_external_data_source"
_KINDS: Final = {
    **dict.fromkeys(("input", "textarea", "richtext", "datetime", "multiselect", "multi_tree_select"), "text"),
    _EXTERNAL: "text",
    "integer": "number",
    "boolean": "check",
    "date": "date",
    **dict.fromkeys(("select", "tree_select"), "choice"),
}
_NO_RIGHT: Final = "the token may not see which attributes there are (admin.object): their values came as texts"
_OFF: Final = "switched off in Zammad"
# What every ticket has there, by itself, by `expand`, and by what is fetched with it.
_STANDARD: Final = frozenset(
    (
        *("ai_agent_running", "approval_state", "approver", "article_count", "article_ids", "articles"),
        *("checklist", "checklist_id", "close_at", "close_diff_in_min", "close_escalation_at", "close_in_min"),
        *("create_article_sender", "create_article_sender_id", "create_article_type", "create_article_type_id"),
        *("created_at", "created_by", "created_by_id", "customer", "customer_id", "escalation_at"),
        *("first_response_at", "first_response_diff_in_min", "first_response_escalation_at"),
        *("first_response_in_min", "group", "group_id", "history", "id", "last_close_at", "last_contact_agent_at"),
        *("last_contact_at", "last_contact_customer_at", "last_owner_update_at", "links", "mention_ids"),
        *("mentions", "note", "number", "organization", "organization_id", "owner", "owner_id", "pending_time"),
        *("preferences", "priority", "priority_id", "referencing_checklist_ids", "referencing_checklists", "state"),
        *("state_id", "tags", "ticket_time_accounting", "ticket_time_accounting_ids", "time_unit", "title", "type"),
        *("update_diff_in_min", "update_escalation_at", "update_in_min", "updated_at", "updated_by"),
        *("updated_by_id"),
    )
)


class Attributes:
    """Those of one reading."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._told = False

    def define(self, given: Mapping[str, Any]) -> list[Anything]:
        """A field; what every ticket has anyway, or is no ticket's, is none. Raises Left."""
        if given.get("refused"):
            raise Left(_NO_RIGHT, lost=False)
        self._told = True
        name, kind = str(given["name"]), str(given["data_type"])
        if given.get("object", "Ticket") != "Ticket" or not given.get("editable", True) or name in _STANDARD:
            return []
        label, details = str(given.get("display") or name), given.get("data_option") or {}
        if not given.get("active", True):
            raise Left(_OFF, label)
        if kind not in _KINDS:
            raise Left(f"no field here holds what Zammad calls {kind}", label)
        self._kinds[name] = kind
        offered = _tree(details.get("options")) if "tree" in kind else options_of(details.get("options"))
        # what was taken off the list later still stands on tickets
        options = {**options_of(details.get("historical_options")), **offered} if "select" in kind else {}
        return [defined(name, label, _KINDS[kind], {value: text for value, text in options.items() if value})]

    def of(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Anything]]:
        """A ticket's values by their names, and the fields that only these tell of."""
        names = self._kinds if self._told else given.keys() - _STANDARD
        found = {name: self._plain(name, given[name]) for name in names if given.get(name) not in (None, "", [], {})}
        return found, [] if self._told else list(heard(found))

    def _plain(self, name: str, value: Any) -> Any:
        if isinstance(value, Mapping):  # from a list that another system keeps
            return str(value.get("label") or value.get("value") or "")
        match self._kinds.get(name):
            case "datetime":
                return _in_words(value)
            case "richtext":
                return words(value) or ""
        return value


def _in_words(value: Any) -> str:
    try:
        return f"{moment(value):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return str(value)


def _tree(options: Any) -> dict[str, str]:
    return dict(_branches(options, ()))


def _branches(options: Any, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in options or ():
        path = (*above, str(one.get("name") or one.get("value")))
        yield str(one.get("value") or "::".join(path)), " › ".join(path)
        yield from _branches(one.get("children"), path)
