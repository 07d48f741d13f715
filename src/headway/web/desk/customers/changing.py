"""Changing who a customer is, and the ways they are recognised."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Conflict, HeadwayError, Invalid, NotFound
from headway.people.actions import customers as actions
from headway.people.actions import identities as identity_actions
from headway.people.models import Customer, Identity, Organisation
from headway.people.queries import customers as queries
from headway.people.queries import organisations
from headway.people.rules import Permission
from headway.web.desk.customers import facts
from headway.web.desk.customers.listing import PAGE
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.notices import done
from headway.web.desk.responses import announce
from headway.web.desk.words import number

KINDS = ("email", "phone", "external")


@desk(Permission.CUSTOMERS)
def details(request: DeskRequest, customer_id: int) -> HttpResponse:
    """GET: the form. POST saves it, unless somebody changed the customer meanwhile; what was typed stays."""
    found = queries.customer_by_id(customer_id)
    if request.method == "GET":
        return _form(request, found, _typed(found))
    given = {name: request.POST.get(name, "") for name in ("name", "organisation", "language", "timezone", "facts")}
    try:
        actions.edit(
            found,
            actor=request.user.actor,
            expected=number(request.POST.get("version")),
            name=given["name"],
            organisation=_organisation(given["organisation"]),
            language=given["language"].strip(),
            timezone=given["timezone"].strip(),
            facts=facts.read(given["facts"], found.facts),
        )
    except (Invalid, Conflict) as refusal:
        return _form(request, found, given, refusal)
    return announce(HttpResponse(), view={"address": f"{PAGE}/{found.pk}"})


@desk(Permission.CUSTOMERS)
def identities(request: DeskRequest, customer_id: int) -> HttpResponse:
    """POST `kind` and `value`: one more way of recognising them."""
    found = queries.customer_exactly(customer_id)
    kind, value = request.POST.get("kind", ""), request.POST.get("value", "")
    said = _("Added. What comes from there is theirs from now on.")
    return done(request, _at(found), lambda: identity_actions.add(found, kind, value, actor=request.user.actor), said)


@desk(Permission.CUSTOMERS)
def identity_removal(request: DeskRequest, customer_id: int, identity_id: int) -> HttpResponse:
    """POST takes one away."""
    found = queries.customer_exactly(customer_id)
    said = _("Removed. The next message from there begins a new customer.")
    return done(
        request, _at(found), lambda: identity_actions.remove(_one(found, identity_id), actor=request.user.actor), said
    )


@desk(Permission.CUSTOMERS)
def verification(request: DeskRequest, customer_id: int, identity_id: int) -> HttpResponse:
    """POST notes that it was shown to be the customer's own."""
    found = queries.customer_exactly(customer_id)
    said = _("Noted as the customer's own.")
    return done(
        request, _at(found), lambda: identity_actions.verify(_one(found, identity_id), actor=request.user.actor), said
    )


def _at(customer: Customer) -> str:
    return f"{PAGE}/{customer.pk}"


def _one(customer: Customer, identity_id: int) -> Identity:
    found = customer.identities.filter(pk=identity_id).first()
    if found is None:
        raise NotFound(_("This identity was removed already."))
    return found


def _typed(customer: Customer) -> dict[str, str]:
    return {
        "name": customer.name,
        "organisation": customer.organisation.name if customer.organisation else "",
        "language": customer.language,
        "timezone": customer.timezone,
        "facts": facts.written(customer.facts),
    }


def _organisation(name: str) -> Organisation | None:
    """The organisation that is called so. Raises Invalid when there is none, or several."""
    if not name.strip():
        return None
    found = organisations.called(name)
    if len(found) != 1:
        words = _("There is no organisation of this name. Choose one of the list, or add it first.")
        several = _("Several organisations have this name. Put the customer in on the organisation's own screen.")
        raise Invalid(several if found else words, field="organisation")
    return found[0]


def _form(
    request: DeskRequest, customer: Customer, typed: dict[str, str], refusal: HeadwayError | None = None
) -> HttpResponse:
    errors = dict.fromkeys(typed, "")
    whole = ""
    if refusal is not None:
        name = str(refusal.details.get("field", ""))
        if name in errors:
            errors[name] = refusal.message
        else:
            whole = refusal.message
    offered = [name for _pk, name in organisations.named("", 200)]
    shown = {"customer": customer, "typed": typed, "errors": errors, "whole": whole, "organisations": offered}
    return render(request, "desk/customers/_details.jinja", shown, status=422 if refusal else 200)
