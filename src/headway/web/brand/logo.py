"""Logos as pictures: the workspace's in the desk's corner and at the sign-in, and each brand's own."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from headway.foundation import files
from headway.people.models import Brand
from headway.people.queries import brands
from headway.people.rules.pictures import picture_of
from headway.web.statics import HERE

# a new one is seen soon; pages ask for it with every load otherwise
_KEPT = "public, max-age=60"


@require_safe
def default_logo(request: HttpRequest) -> HttpResponse:
    """The default brand's logo, and where it has none, Headway's own."""
    return _answer(request, brands.default_brand())


@require_safe
def logo(request: HttpRequest, brand_id: int) -> HttpResponse:
    """One brand's logo. 404 when it has none."""
    found = brands.brand_by_id(brand_id)
    return _answer(request, found) if found.logo else HttpResponse(status=404)


def _answer(request: HttpRequest, brand: Brand | None) -> HttpResponse:
    tag = f'"{brand.logo[:16] if brand and brand.logo else "own"}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        data = _bytes(brand)
        kind = picture_of(data) if data else None
        own = (HERE / "icon.svg").read_bytes()
        response = HttpResponse(data if kind else own, content_type=kind.media_type if kind else "image/svg+xml")
    response["ETag"], response["Cache-Control"] = tag, _KEPT
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _bytes(brand: Brand | None) -> bytes:
    try:
        return files.read(brand.logo) if brand and brand.logo else b""
    except FileNotFoundError:
        return b""
