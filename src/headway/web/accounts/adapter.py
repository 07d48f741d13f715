"""How allauth does things here: nobody signs up, every change is an action, secrets are sealed."""

import base64
from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.foundation import keys, limits
from headway.people.actions import access, agents
from headway.people.models import Agent
from headway.settings import queries as settings
from headway.web.middleware.proxies import client_address

# Beside the lock of one account: so many tries from one address, whichever accounts they are for.
MOST_TRIES = 100
WINDOW = timedelta(minutes=15)

_UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are people of the team."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email address or the password is not right."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("There were too many tries. Wait 15 minutes, then try again."),
        "rate_limited": _("There were too many tries. Wait 15 minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Only an invitation leads in."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try. Raises TooMany for an address that tries too much."""
        limits.hit("sign-in", str(client_address(request)), most=MOST_TRIES, per=WINDOW)
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The person, or None; who has left is told no more than a stranger."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def reauthenticate(self, user: Agent, password: str) -> bool:
        """Whether it is the person's password; wrong ones count towards the lock."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: Agent) -> None:
        """Signs the person in and writes it down."""
        super().login(request, user)
        access.signed_in(user, actor=user.actor)

    def set_password(self, user: Agent, password: str) -> None:
        """Sets the password by its action; the session at hand goes on, the others end."""
        by = "change" if self.request.user.is_authenticated else "reset"
        user.password = agents.set_password(user, password, actor=user.actor, by=by).password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the account."""
        return reverse("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client as our proxies tell it."""
        return client_address(request) or "127.0.0.1"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **rest: Any
    ) -> None:
        """Says what is not plain to see anyway."""
        if message_template not in _UNSAID:
            super().add_message(request, level, message_template, *args, **rest)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of authenticator apps are sealed with the master key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used already. Wait for the next one and try again."),
    }

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return settings.current().name

    def encrypt(self, text: str) -> str:
        """Sealed, as text."""
        return base64.b64encode(keys.seal("second-factor", text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed."""
        return keys.unseal("second-factor", base64.b64decode(encrypted_text)).decode()
