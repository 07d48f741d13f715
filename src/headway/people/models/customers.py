"""Those we serve."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Upper


class Organisation(models.Model):
    """A company or group that customers belong to."""

    name = models.CharField(max_length=200)
    notes = models.TextField(default="", blank=True)
    facts = models.JSONField(default=dict, blank=True)  # plan, contract value, renewal: what a CRM says
    created_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="organisation_name")
        ]  # search by part of it

    def __str__(self) -> str:
        return self.name


class OrganisationDomain(models.Model):
    """A mail domain whose senders belong to the organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("domain"), name="domain_once")]


class Customer(models.Model):
    """A person who writes to us, however and under however many addresses."""

    name = models.CharField(max_length=200, default="", blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="customers"
    )
    language = models.CharField(max_length=10, default="", blank=True)
    timezone = models.CharField(max_length=60, default="", blank=True)
    facts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_index=True)  # customer list, newest first
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="customer_name")]  # search by part of it

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """One way of recognising or reaching a customer: a mail address, a phone number, an id in another system."""

    class Kinds(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"
        EXTERNAL = "external"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=10, choices=Kinds.choices)
    # in comparable form: addresses in lower case, phone numbers in E.164, external ids as `system:id`
    value = models.CharField(max_length=320)
    verified_at = models.DateTimeField(null=True)
    # how a bounce or complaint left the address; empty: fine
    trouble = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="identity_once")]
        indexes = [
            GinIndex(fields=["value"], opclasses=["gin_trgm_ops"], name="identity_value")
        ]  # search by part of it
