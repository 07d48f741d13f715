"""Companies and groups that customers belong to, and the domains they are known by."""

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.customers import CustomerChanged
from headway.events.vocabulary.organisations import OrganisationChanged, OrganisationCreated
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.actions import checks
from headway.people.models import Organisation, OrganisationDomain
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.people.rules.domains import is_free_mail

_INSERT = """
INSERT INTO people_organisationdomain (organisation_id, domain) VALUES (%s, %s)
ON CONFLICT (lower(domain)) DO NOTHING
"""

# Customers of the domain who belong to nobody yet. One statement, however many they are.
_JOIN = """
UPDATE people_customer SET organisation_id = %s, version = version + 1
WHERE organisation_id IS NULL AND merged_into_id IS NULL AND id IN (
  SELECT customer_id FROM people_identity WHERE kind = 'email' AND split_part(value, '@', -1) = %s
) RETURNING id
"""


class Details(TypedDict, total=False):
    """What may be changed about an organisation. What is left out stays as it is."""

    name: str
    notes: str
    facts: Mapping[str, Any]


@transaction.atomic
def create(
    name: str,
    *,
    actor: Actor,
    notes: str = "",
    facts: Mapping[str, Any] | None = None,
    domains: tuple[str, ...] = (),
    is_sample: bool = False,
) -> Organisation:
    """A new organisation; customers of its domains who belong to nobody join it."""
    require(actor, Permission.CUSTOMERS)
    organisation = Organisation.objects.create(
        name=checks.name(name, 200),
        notes=notes.replace("\x00", ""),
        facts=checks.custom_facts(facts or {}),
        is_sample=is_sample,
    )
    journal.record(OrganisationCreated(subject_id=organisation.pk), actor=actor)
    for domain in domains:
        add_domain(organisation, domain, actor=actor)
    return organisation


@transaction.atomic
def edit(organisation: Organisation, *, actor: Actor, **details: Unpack[Details]) -> Organisation:
    """Changes name, notes or facts."""
    require(actor, Permission.CUSTOMERS)
    row = _locked(organisation)
    wanted: dict[str, Any] = {}
    if "name" in details:
        wanted["name"] = checks.name(details["name"], 200)
    if "notes" in details:
        wanted["notes"] = details["notes"].replace("\x00", "")
    if "facts" in details:
        wanted["facts"] = checks.custom_facts(details["facts"])
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
        journal.record(OrganisationChanged(subject_id=row.pk, fields=tuple(changed)), actor=actor)
    return row


@transaction.atomic
def add_domain(organisation: Organisation, domain: str, *, actor: Actor) -> Organisation:
    """Senders of the domain belong to the organisation, those we know already too unless they belong elsewhere.

    Raises Invalid for a public mail provider's domain, Conflict when another organisation has it.
    """
    require(actor, Permission.CUSTOMERS)
    row, known = _locked(organisation), checks.domain(domain)
    if is_free_mail(known):
        raise Invalid(
            _("Anybody can have an address at %(domain)s, so it says nothing about an organisation.")
            % {"domain": known},
            field="domain",
        )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [row.pk, known])
        if not cursor.rowcount:
            return _had_already(row, known)
        cursor.execute(_JOIN, [row.pk, known])
        joined = [customer_id for (customer_id,) in cursor.fetchall()]
    journal.record(OrganisationChanged(subject_id=row.pk, fields=("domains",)), actor=actor)
    journal.record_many(
        [
            journal.Draft(event=CustomerChanged(subject_id=customer_id, fields=("organisation",)), actor=actor)
            for customer_id in joined
        ]
    )
    return row


@transaction.atomic
def remove_domain(organisation: Organisation, domain: str, *, actor: Actor) -> Organisation:
    """New senders of the domain do not join any more; those who belong stay. Raises NotFound when it has no such."""
    require(actor, Permission.CUSTOMERS)
    row = _locked(organisation)
    gone, _rows = OrganisationDomain.objects.filter(organisation=row, domain=checks.domain(domain)).delete()
    if not gone:
        raise NotFound(_("The organisation has no such domain."))
    journal.record(OrganisationChanged(subject_id=row.pk, fields=("domains",)), actor=actor)
    return row


def _locked(organisation: Organisation) -> Organisation:
    row = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if row is None:
        raise NotFound(_("This organisation does not exist any more."))
    return row


def _had_already(organisation: Organisation, domain: str) -> Organisation:
    holder = Organisation.objects.get(domains__domain=domain)
    if holder.pk != organisation.pk:
        raise Conflict(
            _("%(domain)s belongs to %(name)s.") % {"domain": domain, "name": holder.name},
            field="domain",
            organisation=holder.pk,
        )
    return organisation
