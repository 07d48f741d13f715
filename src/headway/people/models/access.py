"""Ways into the workspace: invitations and API tokens. Only hashes are stored."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from headway.people.models.agents import Agent, Team


class Invitation(models.Model):
    """A person was asked to join with a role and teams."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=20, choices=Agent.Roles.choices)
    teams = models.ManyToManyField(Team, related_name="+", blank=True)
    invited_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    # the link's secret, sealed with the master key, until the invitation mail has left
    sealed_token = models.BinaryField(default=b"")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """A program's access, acting as its owner within scopes."""

    owner = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=12)  # the first characters, to recognise it by
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
