"""Texts that look like replies to a hasty reader: nothing of them may be hidden."""

from typing import Final

KEPT: Final = [
    "Hello,\n\nOn Tuesday I ordered two cards. They wrote: it takes a week.\n\nWhere are they?",
    "The log says:\n\nFrom: 10.0.0.1\nTo: 10.0.0.2\nStatus: dropped\n\nCan you look?",
    "Name: Dana\nEmail: dana@shop.example\nSubject: Login\nMessage: I cannot sign in.",
    "Von: Berlin\nNach: Hamburg\nDatum: 3. März\n\nBitte buchen Sie den Zug um 9:14.",
    "Dear team,\n\nthe invoice of 03.03.2026, 09:14:\n\n- seats: 3\n- price: 30\n\nis wrong.",
    "A list:\n\n- one\n- two\n\n---\n\nAnd after the rule more text that counts.",
    "Le client a écrit :\n\nje ne peux pas entrer\n\net je ne sais que lui dire.",
    "I get this error:\n\n> TypeError: undefined is not a function\n\nwhen I press save.",
    "Hi,\nplease forward this to accounting.\nSent from the shop floor we have 20 reports like this, every day.",
    "Am Montag, 2. März, um 9:14 ging es noch. Am Dienstag schrieb mir Ihr System eine Warnung: was tun?",
    "2026-03-03 09:14 dana@shop.example ERROR login failed\n2026-03-03 09:15 dana@shop.example ERROR login failed",
    "On 3 March 2026 at 09:14 the export stopped:\n\nrow 7 was not written.\n\nCan you repair it?",
    "Please see the thread below the table.\n\nDate: 3 March\nAmount: 30\nReference: 1234",
    "Regards from Berlin! We have a problem:\nthe page is empty.",
    "Wir haben drei Fragen -- alle zum Export -- und eine zur Rechnung.\n\n-- Was kostet ein Platz?\n\nDanke",
]
