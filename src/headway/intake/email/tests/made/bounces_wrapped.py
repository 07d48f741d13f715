"""Reports in unusual wrappings, and mails that only speak of undelivered things."""

from typing import Final

from headway.intake.email.tests.made.bounce import ORIGINAL, Made, dsn

WRAPPED: Final = [
    Made(
        "HTML only",
        """\
From: Mail Delivery System <mailer-daemon@mx.desk.example>
To: help@desk.example
Subject: Undeliverable message
Content-Type: text/html; charset=utf-8

<html><body><h3>Your message could not be delivered</h3><table><tr><td>Recipient:</td><td>
<a href="mailto:dana@shop.example">dana@shop.example</a></td></tr><tr><td>Reason:</td><td>550 5.1.1 mailbox does not
exist</td></tr></table></body></html>
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "the address with its name",
        """\
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.desk.example>
To: help@desk.example
Subject: Undeliverable: Re: Login

Your message did not reach some or all of the intended recipients.

      Subject:  Re: Login
      Sent:     3/3/2026 9:14 AM

The following recipient(s) cannot be reached:

      'Dana Example' <dana@shop.example> on 3/3/2026 9:14 AM
            550 5.1.1 User unknown
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "international addresses",
        dsn(
            "From: MAILER-DAEMON@mx.desk.example\nTo: help@desk.example\nSubject: Undelivered Mail\nReturn-Path: <>",
            "It could not be delivered.",
            "Reporting-MTA: dns; mx.desk.example\n\nFinal-Recipient: utf-8; dána@shop.example\nAction: failed\n"
            "Status: 5.1.1",
            ORIGINAL,
            original_type="message/global",
        ),
        (("dána@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "several recipients, one of them reached",
        dsn(
            "From: MAILER-DAEMON@mx.desk.example\nTo: help@desk.example\nSubject: Delivery report\nReturn-Path: <>",
            "See below.",
            "Reporting-MTA: dns; mx.desk.example\n\nFinal-Recipient: rfc822; dana@shop.example\nAction: failed\n"
            "Status: 5.2.2\nDiagnostic-Code: smtp; 552 mailbox full\n\nFinal-Recipient: rfc822; chen@shop.example\n"
            "Action: delivered\nStatus: 2.0.0",
            ORIGINAL,
        ),
        (("dana@shop.example", "soft"), ("chen@shop.example", "delivered")),
        "m1.abc@desk.example",
    ),
    Made(
        "the alias that was written to is named, not where it led",
        dsn(
            "From: MAILER-DAEMON@mx.shop.example\nTo: help@desk.example\nSubject: Undelivered Mail\nReturn-Path: <>",
            "See below.",
            "Reporting-MTA: dns; mx.shop.example\n\nOriginal-Recipient: rfc822; dana@shop.example\n"
            "Final-Recipient: rfc822; d.example.private@elsewhere.example\nAction: failed\nStatus: 5.1.1",
            ORIGINAL,
        ),
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "the reason only in the words for people",
        dsn(
            "From: Mail Delivery System <Mailer-Daemon@mx.desk.example>\nTo: help@desk.example\nReturn-Path: <>\n"
            "Subject: Mail delivery failed: returning message to sender",
            "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent "
            "error.\n\n  dana@shop.example\n    552 mailbox over quota",
            "Reporting-MTA: dns; mx.desk.example\n\nAction: failed\nFinal-Recipient: rfc822;dana@shop.example\n"
            "Status: 5.0.0",
            ORIGINAL,
        ),
        (("dana@shop.example", "soft"),),
        "m1.abc@desk.example",
    ),
    Made(
        "the status behind an encoding",
        """\
From: MAILER-DAEMON@mx.desk.example
To: help@desk.example
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64

UmVwb3J0aW5nLU1UQTogZG5zOyBteC5kZXNrLmV4YW1wbGUKCkZpbmFsLVJlY2lwaWVudDogcmZj
ODIyOyBkYW5hQHNob3AuZXhhbXBsZQpBY3Rpb246IGZhaWxlZApTdGF0dXM6IDUuMS4xCg==
--b
Content-Type: message/rfc822
Content-Transfer-Encoding: base64

TWVzc2FnZS1JRDogPG0xLmFiY0BkZXNrLmV4YW1wbGU+ClRvOiBkYW5hQHNob3AuZXhhbXBsZQoK
SGVsbG8K
--b--
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "the returned mail quoted line by line",
        """\
From: postmaster@shop.example
To: help@desk.example
Subject: Undeliverable: Re: Login
Return-Path: <>

The message could not be delivered to <dana@shop.example>: mailbox is full.

> Message-ID: <m1.abc@desk.example>
> From: help@desk.example
> To: dana@shop.example
> Subject: Re: Login
>
> Please try again.
""",
        (("dana@shop.example", "soft"),),
        "m1.abc@desk.example",
    ),
]

# No reports: people and shops write about deliveries too.
NO_REPORTS: Final = [
    """\
From: Dana <dana@shop.example>
To: help@desk.example
Subject: Delivery failed

My parcel could not be delivered, the driver did not find chen@shop.example in his list. Can you help?
""",
    """\
From: Dana <dana@shop.example>
To: help@desk.example
Subject: mail error

When I write to chen@shop.example I get this:

550 5.1.1 user unknown

What does it mean?
""",
    """\
From: Dana <dana@shop.example>
To: help@desk.example
Subject: Fwd: Undelivered Mail Returned to Sender

Look what I got:

> From: MAILER-DAEMON@mx.example
> <help@desk.example>: 550 5.1.1 User unknown
""",
    """\
From: Parcels <no-reply@parcels.example>
To: help@desk.example
Subject: Your delivery is delayed

Your parcel has been delayed. Questions? Write to care@parcels.example
""",
    """\
From: Post <no-reply@post.example>
To: help@desk.example
Subject: Zustellung Ihres Pakets

Ihr Paket konnte nicht zugestellt werden. Fragen: service@post.example
""",
    """\
From: Postmaster <postmaster@shop.example>
To: help@desk.example
Subject: Our new server

Hello, we move to a new mail server on Friday. Please tell me at admin@shop.example if something is slow.

Kind regards
""",
    """\
From: Dana <dana@shop.example>
To: help@desk.example
Subject: Out of office
Auto-Submitted: auto-replied
Return-Path: <>

I am away until Monday. In urgent cases write to chen@shop.example.
""",
    """\
From: Entrega <no-reply@tienda.example>
To: help@desk.example
Subject: Entrega de su pedido

Su pedido no se pudo entregar. Contacto: ayuda@tienda.example
""",
]
