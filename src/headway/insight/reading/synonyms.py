"""The names that exports give to a field, as data: what `columns.guess` knows."""

from typing import Final

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
