"""The pages beside the inbox."""

from headway.people.models import Agent, ApiToken, Invitation, Team
from headway.settings.actions import hold
from headway.web.desk.tests.conftest import At


def test_an_administrator_invites(at_desk: At, ada: Agent, frontline: Team) -> None:
    client = at_desk(ada)
    client.post("/desk/invitations", {"email": "new@desk.example", "role": "agent", "teams": [frontline.pk]})
    invited = Invitation.objects.get()
    assert (invited.email, invited.role) == ("new@desk.example", "agent")
    page = client.get("/desk/people").content.decode()
    assert "new@desk.example" in page
    assert "is on its way" in page
    client.post(f"/desk/invitations/{invited.pk}/revocation")
    assert "new@desk.example" not in client.get("/desk/people").content.decode()


def test_a_refusal_is_said_where_it_happened(at_desk: At, ada: Agent, sam: Agent) -> None:
    client = at_desk(ada)
    client.post("/desk/invitations", {"email": sam.email, "role": "agent"})
    assert 'data-meaning="danger"' in client.get("/desk/people").content.decode()


def test_role_teams_and_sight(at_desk: At, ada: Agent, sam: Agent, frontline: Team, specialists: Team) -> None:
    client = at_desk(ada)
    assert "Frontline" in client.get(f"/desk/people/{sam.pk}").content.decode()
    client.post(f"/desk/people/{sam.pk}", {"role": "lead", "sees": "teams", "teams": [specialists.pk]})
    sam.refresh_from_db()
    assert (sam.role, sam.sees, list(sam.teams.all())) == ("lead", "teams", [specialists])


def test_who_leaves_is_gone(at_desk: At, ada: Agent, sam: Agent) -> None:
    client = at_desk(ada)
    client.post(f"/desk/people/{sam.pk}/archival", {"to": "0"})
    assert "<b>Sam</b>" not in client.get("/desk/people").content.decode()
    client.post(f"/desk/people/{sam.pk}/restoration")
    assert "<b>Sam</b>" in client.get("/desk/people").content.decode()


def test_a_secret_is_shown_once(at_desk: At, sam: Agent) -> None:
    client = at_desk(sam)
    made = client.post("/desk/tokens", {"name": "Script", "scopes": ["tickets:read"], "days": "30"}).content.decode()
    token = ApiToken.objects.get()
    secret = made.split('value="hw_')[1].split('"')[0] if 'value="hw_' in made else ""
    assert secret
    assert secret not in client.get("/desk/tokens").content.decode()
    client.post(f"/desk/tokens/{token.pk}/revocation")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_nobody_revokes_anothers_token(at_desk: At, sam: Agent, mia: Agent) -> None:
    at_desk(sam).post("/desk/tokens", {"name": "Script", "scopes": ["tickets:read"], "days": "30"})
    token = ApiToken.objects.get()
    at_desk(mia).post(f"/desk/tokens/{token.pk}/revocation")
    token.refresh_from_db()
    assert token.revoked_at is None


def test_the_journal_and_the_rest_open(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    for page in ("audit-log", "dead-letters", "outbox", "settings/hold", "people", "tokens"):
        assert client.get(f"/desk/{page}").status_code == 200, page


def test_the_style_page_is_for_development_only(at_desk: At, sam: Agent, settings: object) -> None:
    client = at_desk(sam)
    assert client.get("/desk/style").status_code == 404
    settings.DEBUG = True  # type: ignore[attr-defined]
    page = client.get("/desk/style").content.decode()
    assert "Send and wait" in page


def test_a_held_workspace_says_so_on_every_page(at_desk: At, ada: Agent, sam: Agent) -> None:
    hold("restored", actor=ada.actor)
    assert "is held" in at_desk(sam).get("/desk/views/mine").content.decode()
    page = at_desk(ada).get("/desk/settings/hold").content.decode()
    assert "Release the workspace" in page
    at_desk(ada).post("/desk/settings/hold/release")
    assert "is held" not in at_desk(sam).get("/desk/views/mine").content.decode()


def test_a_part_of_a_page_hears_why_in_words(at_desk: At, sam: Agent) -> None:
    answer = at_desk(sam).get("/desk/nowhere", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["X-Message"], answer.content) == (404, "Nothing is here.", b"")
