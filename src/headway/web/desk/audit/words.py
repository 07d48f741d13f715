"""What happened, in words: a sentence for each kind of event that the story of a ticket does not tell."""

from inspect import cleandoc
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from headway.events.event import kinds
from headway.people.models import Agent
from headway.web.desk.settings.labels import LABELS as SETTINGS

# who did it and what it is about; the rest comes from the event
SENTENCES: dict[str, str] = {
    "team.answers_elsewhere": noop("%(who)s let the team %(about)s answer in the old system"),
    "team.answers_here": noop("%(who)s moved the team %(about)s over: it answers here"),
    "import.started": noop("%(who)s began an import from another system"),
    "import.prepared": noop("%(who)s prepared an import from another system"),
    "import.stop_asked": noop("%(who)s stopped an import from another system"),
    "import.discarded": noop("What was uploaded for an import was deleted"),
    "import.finished": noop("An import from another system ended"),
    "agent.joined": noop("%(about)s joined the team as %(role)s"),
    "agent.role_changed": noop("%(who)s made %(about)s %(to_role)s instead of %(from_role)s"),
    "agent.scope_changed": noop("%(who)s changed which tickets %(about)s sees"),
    "agent.profile_changed": noop("%(who)s changed the name, language or zone of %(about)s"),
    "agent.habits_changed": noop("%(who)s chose other keys and habits"),
    "agent.signature_changed": noop("%(who)s wrote another signature"),
    "agent.went_away": noop("%(about)s is away"),
    "agent.came_back": noop("%(about)s is back"),
    "agent.archived": noop("%(who)s archived %(about)s, who has left"),
    "agent.restored": noop("%(who)s let %(about)s back in"),
    "agent.signed_in": noop("%(about)s signed in"),
    "agent.password_changed": noop("The password of %(about)s was changed"),
    "agent.second_factor_added": noop("%(about)s set up a second factor"),
    "agent.second_factor_removed": noop("%(who)s took the second factor of %(about)s away"),
    "agent.recovery_codes_renewed": noop("%(about)s made new recovery codes"),
    "agent.sign_in_locked": noop("Signing in as %(about)s was locked after wrong passwords"),
    "invitation.created": noop("%(who)s invited %(about)s as %(role)s"),
    "invitation.sent": noop("The invitation of %(about)s was handed over"),
    "invitation.accepted": noop("%(about)s accepted the invitation"),
    "invitation.revoked": noop("%(who)s took the invitation of %(about)s back"),
    "token.issued": noop("%(who)s made the API token %(about)s"),
    "token.revoked": noop("%(who)s revoked the API token %(about)s"),
    "team.created": noop("%(who)s formed the team %(about)s"),
    "team.changed": noop("%(who)s changed the name or tier of the team %(about)s"),
    "team.archived": noop("%(who)s dissolved the team %(about)s"),
    "team.restored": noop("%(who)s formed the team %(about)s again"),
    "team.members_changed": noop("%(who)s changed who is in the team %(about)s"),
    "brand.created": noop("%(who)s added the brand %(about)s"),
    "brand.changed": noop("%(who)s changed the brand %(about)s"),
    "brand.archived": noop("%(who)s archived the brand %(about)s"),
    "brand.restored": noop("%(who)s brought the brand %(about)s back"),
    "status.defined": noop("%(who)s defined the status %(about)s"),
    "status.archived": noop("%(who)s archived the status %(about)s"),
    "status.restored": noop("%(who)s brought the status %(about)s back"),
    "type.defined": noop("%(who)s defined the ticket type %(about)s"),
    "type.archived": noop("%(who)s archived the ticket type %(about)s"),
    "type.restored": noop("%(who)s brought the ticket type %(about)s back"),
    "field.defined": noop("%(who)s defined the field %(about)s"),
    "field.archived": noop("%(who)s archived the field %(about)s"),
    "field.restored": noop("%(who)s brought the field %(about)s back"),
    "checklist.moved": noop("%(who)s moved an item of a checklist"),
    "tag.created": noop("%(who)s used the tag %(about)s for the first time"),
    "tag.renamed": noop("%(who)s renamed a tag to %(about)s"),
    "tag.merged": noop("%(who)s made the tag %(about)s one with another"),
    "tag.archived": noop("%(who)s archived the tag %(about)s"),
    "tag.restored": noop("%(who)s brought the tag %(about)s back"),
    "macro.defined": noop("%(who)s wrote the macro %(about)s"),
    "macro.archived": noop("%(who)s removed the macro %(about)s"),
    "view.saved": noop("%(who)s saved the view %(about)s"),
    "view.changed": noop("%(who)s changed the view %(about)s"),
    "view.moved": noop("%(who)s moved the view %(about)s"),
    "view.removed": noop("%(who)s removed the view %(about)s"),
    "view.restored": noop("%(who)s brought the view %(about)s back"),
    "service.targets_changed": noop("%(who)s changed business hours or targets"),
    "workspace.settings_changed": noop("%(who)s changed settings: %(keys)s"),
    "workspace.held": noop("The workspace was held: nothing is sent or fetched"),
    "workspace.released": noop("%(who)s released the workspace"),
    "workspace.sample_asked": noop("%(who)s asked for sample data, or for its removal"),
    "workspace.sample_added": noop("%(who)s filled in sample data: %(tickets)s tickets"),
    "workspace.sample_removed": noop("%(who)s removed the sample data: %(tickets)s tickets"),
    "mailbox.connected": noop("%(who)s connected the mailbox %(about)s"),
    "mailbox.changed": noop("%(who)s changed the mailbox %(about)s"),
    "mailbox.paused": noop("%(who)s paused the mailbox %(about)s"),
    "mailbox.resumed": noop("%(who)s resumed the mailbox %(about)s"),
    "mailbox.archived": noop("%(who)s disconnected the mailbox %(about)s"),
    "mailbox.failed": noop("The mailbox %(about)s stopped working"),
    "mailbox.recovered": noop("The mailbox %(about)s works again"),
    "mailbox.tested": noop("%(who)s tested the mailbox %(about)s"),
    "mailbox.granted": noop("%(who)s signed in for the mailbox %(about)s"),
    "provider.registered": noop("%(who)s registered Headway at a mail provider"),
    "hook.added": noop("%(who)s added the hook %(about)s"),
    "hook.changed": noop("%(who)s changed the hook %(about)s"),
    "hook.archived": noop("%(who)s removed the hook %(about)s"),
    "mail.quarantined": noop("A mail that could not be read was set aside"),
    "mail.requeued": noop("%(who)s had a mail that was set aside read again"),
    "mail.discarded": noop("%(who)s discarded a mail that was set aside"),
    "address.suppressed": noop("Nothing is sent to an address any more"),
    "address.restored": noop("%(who)s let mail go to an address again"),
    "sender_rule.made": noop("%(who)s taught or made the sender rule about %(about)s"),
    "sender_rule.removed": noop("%(who)s ended the sender rule about %(about)s"),
    "sender_rule.put_back": noop("%(who)s put the sender rule about %(about)s back"),
    "message.received": noop("%(who)s wrote"),
    "message.written": noop("%(who)s answered"),
    "message.sent": noop("An answer left"),
    "message.failed": noop("An answer could not be sent"),
    "message.requeued": noop("%(who)s sent an answer once more"),
    "note.written": noop("%(who)s wrote a note"),
    "ticket.created": noop("The ticket began"),
    "ticket.solved": noop("%(who)s solved the ticket"),
    "ticket.target_missed": noop("An answer was due and did not come in time"),
    "customer.created": noop("%(about)s became a customer"),
    "customer.changed": noop("%(who)s changed the customer %(about)s"),
    "customer.identity_added": noop("%(who)s added a way to reach %(about)s"),
    "customer.identity_removed": noop("%(who)s removed a way to reach %(about)s"),
    "customer.identity_verified": noop("An address of %(about)s was verified"),
    "customer.identity_marked": noop("An address of %(about)s was marked as not working"),
    "customer.merged": noop("%(who)s made two records of %(about)s one"),
    "customer.parted": noop("%(who)s took the merging of %(about)s back"),
    "organisation.created": noop("%(who)s added the organisation %(about)s"),
    "organisation.changed": noop("%(who)s changed the organisation %(about)s"),
    "journal.erased": noop("%(entries)s entries of the journal were erased"),
    "journal.reset": noop("The workspace came from another database"),
    "journal.lake_begun": noop("The event lake began anew from the journal"),
}  # fmt: skip


def sentence(kind: str, data: dict[str, Any], who: str, about: str) -> str:
    """The event as a sentence. One without a sentence of its own says what its documentation says."""
    template = SENTENCES.get(kind)
    if template is None:
        # the first paragraph, in one line: words/source.py looks for just that
        return (
            _(" ".join(cleandoc(kinds()[kind].__doc__ or kind).split("\n\n")[0].split())) if kind in kinds() else kind
        )
    roles = dict(Agent.Roles.choices)
    values = {name: roles.get(value, value) if "role" in name else value for name, value in data.items()}
    if kind == "workspace.settings_changed":
        labels = {name: label for group in SETTINGS.values() for name, label in group.items()}
        values["keys"] = ", ".join(str(labels[key]()) if key in labels else key for key in data.get("keys", ()))
    return _(template) % _Given(values | {"who": who, "about": about})


class _Given(dict[str, Any]):
    """What is there; an event of an older version may lack what a sentence names."""

    def __missing__(self, name: str) -> str:
        return "–"


def saying(words: str) -> tuple[str, ...]:
    """The kinds whose sentence has these words, in the reader's language."""
    wanted = words.casefold()
    known = [kind for kind, text in SENTENCES.items() if wanted in _(text).casefold()]
    return tuple(sorted({*known, *(kind for kind in kinds() if wanted in kind)}))
