"""New text cut from quoted text: the reply corpora whole, and the shapes mail programs write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.intake.email.html.divide import cut_of
from headway.intake.email.html.text import lines_of
from headway.intake.email.parse.whole import parse
from headway.intake.email.quotes.cut import cut
from headway.intake.email.tests import corpora
from headway.intake.email.tests.expected_replies import HELLO, HTML_REPLY, REPLIES

REPLY = "Thanks, that solved it."
QUOTED = "Could you try again?"
ABOVE = [
    "On Tue, 3 Mar 2026 at 09:14, Sam Support <help@example.com> wrote:",
    "On Mar 3, 2026, at 9:14 AM, Sam Support\n<help@example.com> wrote:",
    "Am 03.03.2026 um 09:14 schrieb Sam Support:",
    "Am Di., 3. März 2026 um 09:14 Uhr schrieb Sam Support <help@example.com>:",
    "Le mar. 3 mars 2026 à 09:14, Sam Support <help@example.com> a écrit :",
    "El mar, 3 mar 2026 a las 9:14, Sam Support (<help@example.com>) escribió:",
    "Em ter., 3 de mar. de 2026 às 09:14, Sam Support <help@example.com> escreveu:",
    "Il giorno mar 3 mar 2026 alle ore 09:14 Sam Support <help@example.com> ha scritto:",
    "Op di 3 mrt 2026 om 09:14 schreef Sam Support <help@example.com>:",
    "Den tis 3 mars 2026 kl 09:14 skrev Sam Support <help@example.com>:",
    "tir. 3. mar. 2026 kl. 09.14 skrev Sam Support <help@example.com>:",
    "ti 3. maalisk. 2026 klo 9.14 Sam Support (help@example.com) kirjoitti:",
    "wt., 3 mar 2026 o 09:14 Sam Support <help@example.com> napisał(a):",
    "út 3. 3. 2026 v 9:14 odesílatel Sam Support <help@example.com> napsal:",
    "вт, 3 мар. 2026 г. в 09:14, Sam Support <help@example.com>:",
    "3 Mar 2026 Sal, 09:14 tarihinde Sam Support <help@example.com> şunu yazdı:",
    "2026年3月3日(火) 9:14 Sam Support <help@example.com>:",
    "Sam Support <help@example.com> 于2026年3月3日周二 09:14写道：",
    "2026년 3월 3일 (화) 오전 9:14, Sam Support <help@example.com>님이 작성:",
    "-----Original Message-----\nFrom: Sam <help@example.com>\nSent: Tuesday, March 3, 2026\nTo: Dana\nSubject: Login",
    "________________________________\nFrom: S <help@example.com>\nSent: Tuesday, March 3, 2026\nTo: Dana\nSubject: Hi",
    "Von: Sam Support <help@example.com>\nGesendet: Dienstag, 3. März 2026 09:14\nAn: Dana\nBetreff: AW: Anmeldung",
    "De : Sam Support <help@example.com>\nEnvoyé : mardi 3 mars 2026 09:14\nÀ : Dana\nObjet : RE: Connexion",
    "*From:* Sam Support <help@example.com>\n*Sent:* Tuesday, March 3, 2026 9:14 AM\n*To:* Dana\n*Subject:* Login",
    "发件人: Sam Support <help@example.com>\n发送时间: 2026年3月3日 9:14\n收件人: Dana\n主题: 登录",
    "差出人: Sam Support <help@example.com>\n送信日時: 2026年3月3日 9:14\n宛先: Dana\n件名: ログイン",
    "-------- Ursprüngliche Nachricht --------\nVon: Sam Support <help@example.com>\nDatum: 03.03.26 09:14 (GMT+01:00)",
    "---- On Tue, 03 Mar 2026 09:14:02 +0100 help@example.com wrote ----",
]


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("marked", [True, False])
def test_a_reply_by_outlook_gmail_apple_mail_thunderbird_and_mobile_clients_shows_only_the_new_text(
    above: str, marked: bool
) -> None:
    found = cut(f"{REPLY}\n\n{above}\n\n{'> ' if marked else ''}{QUOTED}\n")
    assert found.new == REPLY
    assert QUOTED in found.quoted


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Get Outlook for Android<https://aka.ms/AAb9ysg>",
        "Gesendet von Outlook für iOS<https://aka.ms/o0ukef>",
        "-- \nDana Example\nExample Ltd",
    ],
)
def test_what_programs_and_people_put_under_a_mail_is_its_signature(line: str) -> None:
    found = cut(f"{REPLY}\n\n{line}")
    assert (found.new, found.signature) == (REPLY, line.replace("-- \n", "--\n"))


@pytest.mark.parametrize(
    "text",
    [
        "From: London\nTo: Paris\nDate: 3 May\nPlease book me a seat.",
        "On Monday we met, and on Tuesday he wrote back.",
        "I sent it on 3 May 2026 at 10:00 and nobody wrote:\nplease look.",
        "Sent from my desk, where I sit all day long, this is about the phone.",
        "Points:\n- one\n- two\n----\nThat is all.",
    ],
)
def test_text_that_only_looks_like_a_quote_stays(text: str) -> None:
    assert cut(text).new == text


def test_answers_between_quoted_lines_keep_the_questions() -> None:
    text = "On 3 Mar 2026 at 09:14, Sam <help@example.com> wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo."
    assert cut(text).new == text


def test_an_answer_below_the_quote_stands_alone() -> None:
    assert cut(f"On 3 Mar 2026 at 09:14, Sam wrote:\n> {QUOTED}\n\n{REPLY}").new == REPLY


def test_a_text_of_nothing_but_quotes_is_shown_whole() -> None:
    text = f"-------- Forwarded Message --------\nFrom: Sam <help@example.com>\n\n{QUOTED}"
    assert cut(text).new == text


def test_the_reply_corpora_are_cut_as_recorded() -> None:
    wrong = []
    for name, begins, ends in REPLIES:
        found = cut(corpora.raw(name).decode().replace("\r\n", "\n"))
        if not (found.new.startswith(begins) and found.new.endswith(ends)) and "long_quote" not in name:
            wrong.append((name, found.new[-40:]))
    assert wrong == []


def test_the_whole_replies_of_every_client_say_hello() -> None:
    found = {path.name: parse(path.read_bytes()).text for path in corpora.files("talon")}
    assert {name for name, text in found.items() if text != HELLO} == set()


def test_html_replies_are_cut_like_text() -> None:
    corpora.files("talon")
    for path in sorted((corpora.FOLDER / "talon").glob("*.html")):
        found = cut_of(lines_of(path.read_text()))
        assert [line for line in found.new.split("\n") if line] == list(HTML_REPLY), path.name


@given(st.text(alphabet=st.sampled_from("abO n>:-\n\t 12@<>_F—rom"), max_size=600))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    found = cut(text)
    kept = "".join(f"{found.new}{found.signature}{found.quoted}".split())
    assert sorted(kept) == sorted("".join(text.split()))
