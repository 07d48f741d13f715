"""Where Microsoft and Google are asked, and for what. A fixed table: nobody types these addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

# Where the browser comes back to; the same is entered at the provider. The page calls `oauth.actions.finish`.
RETURN_PATH: Final = "/desk/mailboxes/signed-in"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """One provider. `{tenant}` in an address is the customer's own part of Microsoft 365."""

    name: str
    authorize: str
    token: str
    scope: str
    imap_host: str
    smtp_host: str
    smtp_port: int
    extra: Mapping[str, str] = field(default_factory=dict)  # of the sign-in

    def at(self, address: str, tenant: str) -> str:
        """The address for a tenant."""
        return address.replace("{tenant}", quote(tenant or "common", safe=""))


# Tests put a server of their own into this table; nothing else changes it.
TABLE: Final[dict[str, Endpoints]] = {
    "microsoft": Endpoints(
        name="Microsoft 365",
        authorize="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",  # noqa: S106 - an address
        scope="https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
        imap_host="outlook.office365.com",
        smtp_host="smtp.office365.com",
        smtp_port=587,
    ),
    "google": Endpoints(
        name="Google",
        authorize="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
        scope="https://mail.google.com/",
        imap_host="imap.gmail.com",
        smtp_host="smtp.gmail.com",
        smtp_port=587,
        # without these Google gives no refresh token, or only at the first sign-in
        extra={"access_type": "offline", "prompt": "consent"},
    ),
}
