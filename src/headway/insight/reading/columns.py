"""Which column holds what, guessed from its name. The names are those that exports use; `--map` overrules."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from headway.foundation.errors import Invalid

# Each field's names without case and punctuation, the likeliest first.
SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "ticket": (
        *("ticketid", "ticketnumber", "ticket", "ticketno", "caseid", "casenumber", "case", "caseconceptname"),
        *("requestid", "conversationid", "incidentid", "incident", "issueid", "issuekey", "displayid", "number"),
        *("key", "id"),
    ),
    "at": (
        *("timestamp", "timetimestamp", "eventtime", "eventtimestamp", "eventat", "occurredat", "happenedat", "at"),
        *(
            "datetime",
            "completetimestamp",
            "completetime",
            "endtimestamp",
            "time",
            "eventdate",
            "date",
            "eventcreatedat",
        ),
    ),
    "created_at": (
        *("createdat", "ticketcreatedat", "created", "createdtime", "createddate", "creationdate", "datecreated"),
        *("openedat", "opened", "opendate", "openedon", "createdon", "submittedat", "submitted", "receivedat"),
        *("reportedat", "starttime", "startedat"),
    ),
    "first_reply_at": (
        *("firstreplyat", "firstresponseat", "firstrespondedat", "firstreply", "firstresponse", "firstreplytime"),
        *("firstresponsetime", "initialresponseat", "firstansweredat"),
    ),
    "solved_at": (
        *(
            "solvedat",
            "resolvedat",
            "solved",
            "resolved",
            "resolveddate",
            "resolutiondate",
            "resolvedtime",
            "solvedtime",
        ),
        *("resolutiontime", "completedat", "resolvedon", "fixedat"),
    ),
    "closed_at": ("closedat", "closed", "closedate", "closeddate", "closedtime", "closedon"),
    "activity": (
        *("activity", "conceptname", "activityname", "eventtype", "event", "action", "eventname", "step", "kind"),
        *("operation", "changetype", "task"),
    ),
    "actor": (
        *("resource", "orgresource", "agent", "agentname", "actor", "actorid", "agentid", "user", "userid", "username"),
        *("author", "authorid", "performedby", "updatedby", "by", "operator", "handledby", "assignee", "assigneeid"),
        *("assigneename", "assignedto", "owner", "assignedagent", "solvedby"),
    ),
    "actor_kind": (
        *(
            "actorkind",
            "actortype",
            "authortype",
            "role",
            "userrole",
            "authorrole",
            "usertype",
            "sendertype",
            "orgrole",
        ),
        *("direction",),
    ),
    "assignee": ("newassignee", "toagent", "assignedtonew"),
    "status": ("status", "state", "newstatus", "ticketstatus", "tostatus", "currentstatus", "statusname"),
    "team": (
        *("team", "group", "groupname", "queue", "department", "workgroup", "assignedgroup", "assignmentgroup"),
        *("groupid", "supportsection", "orggroup"),
    ),
    "category": (
        *("category", "ticketcategory", "topic", "issuecategory", "contactreason", "reason", "issuetype", "tickettype"),
        *("requesttype", "subcategory", "classification", "type", "producttype", "product", "servicetype"),
    ),
    "tag": ("tags", "tag", "labels", "label"),
    "channel": ("channel", "via", "source", "origin", "ticketchannel", "ticketsource", "contactchannel", "medium"),
    "priority": ("priority", "severity", "seriousness", "urgency", "impact"),
    "customer": (
        *(
            "customer",
            "customerid",
            "requester",
            "requesterid",
            "requesteremail",
            "customeremail",
            "contact",
            "contactid",
        ),
        *(
            "contactemail",
            "client",
            "clientid",
            "email",
            "reporter",
            "caller",
            "callerid",
            "requestername",
            "customername",
        ),
    ),
    "subject": ("subject", "title", "summary", "shortdescription", "ticketsubject"),
    "text": ("text", "body", "description", "message", "comment", "content", "firstmessage", "plainbody", "question"),
    "public": ("public", "ispublic", "visibility", "private"),
    "active_minutes": ("activeminutes", "handleminutes", "minutesspent", "timespentminutes", "minutes"),
    "active_seconds": ("activeseconds", "handleseconds", "secondsspent", "timespent", "handletime", "timespentseconds"),
    "reopens": ("reopens", "reopencount", "reopened", "reopenedcount"),
    "lifecycle": ("lifecycletransition", "lifecycle", "transition"),
}
# How a row must be identified and placed in time, by layout.
NEEDED: Final = {"event": ("ticket", "at"), "ticket": ("ticket", "created_at")}


def guess(columns: Sequence[str], overrides: Mapping[str, str]) -> dict[str, str]:
    """The field of each column that holds one: `{column: field}`; a field is taken by one column.

    Raises Invalid when an override names a field that does not exist.
    """
    found: dict[str, str] = {}
    for column, name in overrides.items():
        if name and name not in SYNONYMS:
            raise Invalid(f"There is no field {name!r}. The fields are: {', '.join(SYNONYMS)}.")
        found[column] = name
    plain = {column: _plain(column) for column in columns if column not in found}
    for name, synonyms in SYNONYMS.items():
        if name in found.values():
            continue
        for synonym in synonyms:
            taken = next((column for column, key in plain.items() if key == synonym and column not in found), None)
            if taken is not None:
                found[taken] = name
                break
    return {column: name for column, name in found.items() if name}


def layout_of(fields: Mapping[str, str], *, repeats: bool) -> str:
    """ "event" or "ticket": what one row is. Ids that come again make it an event, a creation time a ticket."""
    names = set(fields.values())
    if "at" in names and ("created_at" not in names or repeats):
        return "event"
    if "created_at" in names and not repeats:
        return "ticket"
    return "event" if repeats else "ticket"


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]", "", column.lower())
