"""Who is signed in here now, for a page that has stood open."""

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from headway.web.desk.door import DeskRequest, desk


@desk()
def session(request: DeskRequest) -> HttpResponse:
    """The person, and what their forms carry from now on: signing in again has made it another."""
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})
