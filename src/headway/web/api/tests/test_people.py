"""Customers, organisations, teams, people and brands through the API."""

from headway.people.models import Agent, Brand, Customer, Organisation, Team
from headway.web.api.tests.program import Program


def test_customers_are_made_found_and_changed(sam: Agent, dana: Customer) -> None:
    program = Program(sam)
    body = {
        "name": "Eve Stone",
        "facts": {"plan": "gold", "seats": 5},
        "identities": [{"kind": "email", "value": "Eve@Stone.example"}, {"kind": "phone", "value": "+49 30 1234567"}],
    }
    made = program.post("/customers", body)
    assert (made.status, made.headers["etag"]) == (201, '"1"')
    assert [entry["value"] for entry in made.body["identities"]] == ["eve@stone.example", "+49301234567"]
    path = f"/customers/{made.body['id']}"
    assert program.get(path).body == made.body
    for query in ("q=stone", "identity=email:EVE@stone.example", "q=%2B49301234567"):
        assert [row["id"] for row in program.get(f"/customers?{query}").body["items"]] == [made.body["id"]], query
    assert program.get("/customers?identity=email:nobody@stone.example").body["items"] == []
    changed = program.patch(path, {"name": "Eva Stone", "timezone": "Europe/Berlin"})
    assert (changed.body["name"], changed.body["version"]) == ("Eva Stone", 2)
    assert program.patch(path, {"timezone": "Mars/Olympus"}).body["errors"][0]["field"] == "timezone"
    taken = program.post("/customers", {"identities": [{"kind": "email", "value": "dana@example.com"}]})
    assert (taken.status, taken.body["customer"]) == (409, dana.pk)
    pages = program.get("/customers?limit=1")
    assert program.get(f"/customers?limit=1&cursor={pages.body['next']}").body["next"] is None


def test_identities_come_are_verified_and_go(sam: Agent, dana: Customer) -> None:
    program, path = Program(sam), f"/customers/{dana.pk}/identities"
    made = program.post(path, {"kind": "external", "value": "shop:4711"})
    assert (made.status, made.body["verified_at"]) == (201, None)
    one = f"{path}/{made.body['id']}"
    assert program.put(f"{one}/verification").body["verified_at"]
    assert program.delete(one).status == 204
    assert program.delete(one).status == 404
    assert program.post(path, {"kind": "email", "value": "no address"}).body["errors"][0]["field"] == "email"


def test_two_records_of_one_person(sam: Agent, dana: Customer, chen: Customer) -> None:
    program = Program(sam)
    merged = program.put(f"/customers/{chen.pk}/merger", {"into_id": dana.pk})
    assert [entry["value"] for entry in merged.body["identities"]] == ["dana@example.com", "chen@example.net"]
    assert program.get(f"/customers/{chen.pk}").body["id"] == dana.pk
    assert program.put(f"/customers/{dana.pk}/merger", {"into_id": dana.pk}).status == 422
    assert program.delete(f"/customers/{chen.pk}/merger").body["id"] == chen.pk


def test_organisations_and_their_domains(sam: Agent, dana: Customer) -> None:
    program = Program(sam)
    made = program.post("/organisations", {"name": "Example", "domains": ["Example.com"], "facts": {"plan": "gold"}})
    assert (made.status, made.body["domains"]) == (201, ["example.com"])
    assert program.get(f"/customers/{dana.pk}").body["organisation"] == "Example"
    path = f"/organisations/{made.body['id']}"
    assert program.patch(path, {"notes": "Renews in May"}).body["notes"] == "Renews in May"
    assert program.post(f"{path}/domains", {"domain": "example.org"}).body["domains"] == ["example.com", "example.org"]
    assert program.post(f"{path}/domains", {"domain": "gmail.com"}).status == 422
    assert program.delete(f"{path}/domains/example.org").status == 204
    assert program.delete(f"{path}/domains/example.org").status == 404
    Organisation.objects.create(name="Other")
    first = program.get("/organisations?limit=1")
    assert [row["name"] for row in first.body["items"]] == ["Example"]
    second = program.get(f"/organisations?limit=1&cursor={first.body['next']}")
    assert ([row["name"] for row in second.body["items"]], second.body["next"]) == (["Other"], None)
    assert [row["name"] for row in program.get("/organisations?q=oth").body["items"]] == ["Other"]


def test_teams_and_their_members(leo: Agent, sam: Agent, mia: Agent, frontline: Team) -> None:
    program = Program(leo)
    made = program.post("/teams", {"name": "Night", "tier": 2})
    path = f"/teams/{made.body['id']}"
    assert program.put(f"{path}/members", {"agent_ids": [sam.pk]}).body["member_ids"] == [sam.pk]
    assert program.put(f"{path}/members/{mia.pk}").body["member_ids"] == [sam.pk, mia.pk]
    assert program.delete(f"{path}/members/{sam.pk}").body["member_ids"] == [mia.pk]
    assert program.delete(f"{path}/members/{sam.pk}").code == "conflict"
    assert program.patch(path, {"name": "Frontline"}).code == "conflict"
    assert program.delete(path).status == 204
    assert program.get(path).body["archived"] is True
    assert [row["name"] for row in Program(sam).get("/teams").body["items"]] == ["Frontline", "Specialists"]
    assert Program(sam).post("/teams", {"name": "Mine"}).status == 403


def test_people_are_invited_changed_and_leave(ada: Agent, sam: Agent, frontline: Team, acme: Brand) -> None:
    program = Program(ada)
    invited = program.post("/invitations", {"email": "new@desk.example", "role": "lead", "team_ids": [frontline.pk]})
    assert (invited.status, invited.body["team_ids"]) == (201, [frontline.pk])
    assert [row["id"] for row in program.get("/invitations").body["items"]] == [invited.body["id"]]
    assert program.delete(f"/invitations/{invited.body['id']}").status == 204
    assert program.delete(f"/invitations/{invited.body['id']}").code == "conflict"
    path = f"/people/{sam.pk}"
    changed = program.patch(path, {"role": "lead", "sees": "brands", "brand_ids": [acme.pk], "name": "Samir"})
    assert changed.status == 200, changed.body
    assert {name: changed.body[name] for name in ("role", "sees", "brand_ids", "name", "team_ids")} == {
        "role": "lead", "sees": "brands", "brand_ids": [acme.pk], "name": "Samir", "team_ids": [frontline.pk],
    }  # fmt: skip
    assert program.put(f"{path}/archival").body["archived_at"]
    assert [row["id"] for row in program.get("/people?archived=true").body["items"]] == [sam.pk]
    assert program.delete(f"{path}/archival").body["archived_at"] is None
    assert program.put(f"/people/{ada.pk}/archival").code == "conflict"
    assert Program(sam).patch(path, {"role": "administrator"}).status == 403


def test_brands_and_their_addresses(ada: Agent) -> None:
    program = Program(ada)
    first = program.post("/brands", {"name": "Acme"})
    assert (first.status, first.body["slug"], first.body["is_default"]) == (201, "acme", True)
    second = program.post("/brands", {"name": "Beta", "accent": "#112233"})
    path = f"/brands/{second.body['id']}"
    with_address = program.post(f"{path}/addresses", {"address": "help@beta.example"})
    assert [row["is_primary"] for row in with_address.body["addresses"]] == [True]
    assert program.delete(f"{path}/addresses/{with_address.body['addresses'][0]['id']}").status == 204
    assert program.patch(path, {"accent": "red"}).status == 422
    assert program.put(f"{path}/default").body["is_default"] is True
    assert program.delete(path).code == "conflict"
    assert program.delete(f"/brands/{first.body['id']}").status == 204
    assert [row["name"] for row in program.get("/brands").body["items"]] == ["Beta"]


def test_who_am_i(lim: Agent) -> None:
    me = Program(lim).get("/me").body
    assert (me["person"]["name"], me["person"]["role"]) == ("Lim", "light")
    assert me["permissions"] == ["tickets.note", "tickets.read"]
    assert me["scopes"] == ["customers:read", "tickets:read", "tickets:write"]
