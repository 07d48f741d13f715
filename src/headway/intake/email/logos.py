"""A brand's logo inside its mails: it travels with them, so that nothing is loaded from elsewhere."""

import html as entities
from dataclasses import dataclass
from email.mime.image import MIMEImage
from typing import Final

from django.core.mail import EmailMultiAlternatives

from headway.foundation import files
from headway.intake.email.identities import Identity
from headway.people.rules.pictures import picture_of

_BODY: Final = "<body>"
_HEIGHT: Final = 48  # pixels, as it is shown


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture, and what stands for it where pictures are not shown."""

    data: bytes
    subtype: str
    alt: str
    id: str
    size: tuple[int, int]


def of(identity: Identity) -> Logo | None:
    """The logo of the brand that answers, where it wants it in mails."""
    brand = identity.brand
    if brand is None or not brand.logo or not brand.logo_in_mails:
        return None
    try:
        data = files.read(brand.logo)
    except FileNotFoundError:
        return None
    picture = picture_of(data)
    if picture is None:
        return None
    height = min(_HEIGHT, picture.height)
    size = (max(1, round(picture.width * height / picture.height)), height)
    return Logo(data, picture.media_type.partition("/")[2], brand.name, f"logo-{brand.logo[:16]}@headway", size)


def above(html: str, logo: Logo | None) -> str:
    """The document with the logo above what it says."""
    if logo is None:
        return html
    width, height = logo.size
    shown = (
        f'<div><img src="cid:{logo.id}" alt="{entities.escape(logo.alt)}" width="{width}" height="{height}" '
        'style="display:block;margin:0 0 16px"></div>'
    )
    return html.replace(_BODY, _BODY + shown, 1)


def attach(mail: EmailMultiAlternatives, logo: Logo | None, *, alone: bool) -> None:
    """Puts the picture into the mail. `alone`: no file goes along, so that it belongs to the text alone."""
    if logo is None:
        return
    part = MIMEImage(logo.data, logo.subtype)
    part.add_header("Content-ID", f"<{logo.id}>")
    part.add_header("Content-Disposition", "inline", filename=f"logo.{logo.subtype}")
    if alone:
        mail.mixed_subtype = "related"  # type: ignore[attr-defined]  # Django's own
    mail.attach(part)
