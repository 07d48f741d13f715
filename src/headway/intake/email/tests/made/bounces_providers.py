"""Bounces after the habits of large providers and of those who send for others."""

from typing import Final

from headway.intake.email.tests.made.bounce import ORIGINAL, Made, dsn

PROVIDERS: Final = [
    Made(
        "Gmail, address not found",
        dsn(
            "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: help@desk.example\nReturn-Path: <>\n"
            "Subject: Delivery Status Notification (Failure)",
            "** Address not found **\n\nYour message wasn't delivered to dana@shop.example because the address "
            "couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n"
            "550 5.1.1 No such user",
            "Reporting-MTA: dns; googlemail.com\n\nFinal-Recipient: rfc822; dana@shop.example\nAction: failed\n"
            "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user",
            ORIGINAL,
        ),
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Gmail, as it was",
        """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: help@desk.example
Subject: Delivery Status Notification (Failure)
X-Failed-Recipients: dana@shop.example

Delivery to the following recipient failed permanently:

     dana@shop.example

Technical details of permanent failure:
DNS Error: Domain name not found

----- Original message -----

Message-ID: <m1.abc@desk.example>
From: help@desk.example
To: dana@shop.example
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Gmail, German",
        """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: help@desk.example
Subject: Delivery Status Notification (Failure)
Content-Type: text/plain; charset=utf-8

** Adresse nicht gefunden **

Ihre Nachricht wurde nicht an dana@shop.example zugestellt, weil die Adresse nicht gefunden wurde oder keine E-Mails
empfangen kann.

Antwort des Remoteservers:
550 5.1.1 The email account that you tried to reach does not exist.
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Gmail, French",
        """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: help@desk.example
Subject: Delivery Status Notification (Failure)
Content-Type: text/plain; charset=utf-8

** Boîte de réception pleine **

Votre message n'a pas pu être remis à dana@shop.example. La boîte de réception du destinataire est pleine ou elle
reçoit trop de messages en ce moment.
""",
        (("dana@shop.example", "soft"),),
    ),
    Made(
        "Amazon SES",
        dsn(
            "From: MAILER-DAEMON@eu-west-1.amazonses.com\nTo: help@desk.example\nReturn-Path: <>\n"
            "Subject: Delivery Status Notification (Failure)",
            "An error occurred while trying to deliver the mail to the following recipients:\ndana@shop.example",
            "Reporting-MTA: dns; a1-2.smtp-out.eu-west-1.amazonses.com\n\nAction: failed\n"
            "Final-Recipient: rfc822; dana@shop.example\nDiagnostic-Code: smtp; 552 5.2.2 Over quota\nStatus: 5.2.2",
            ORIGINAL,
        ),
        (("dana@shop.example", "soft"),),
        "m1.abc@desk.example",
    ),
    Made(
        "PowerMTA, as text",
        """\
From: postmaster@mta.desk.example
To: bounces@desk.example
Subject: Delivery report
Return-Path: <>

Hello, this is the mail server on mta.desk.example.

I am sending you this message to inform you on the delivery status of a
message you previously sent.  Immediately below you will find a list of
the affected recipients;  also attached is a Delivery Status Notification
(DSN) report in standard format, as well as the headers of the original
message.

  <dana@shop.example>  delivery failed; will not continue trying
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Haraka and others, a bare quote of the answer",
        """\
From: MAILER-DAEMON@relay.example
To: help@desk.example
Subject: Delivery failed: Re: Login
Return-Path: <>

Some of your mail could not be delivered.

Intended Recipients: <dana@shop.example>
Failure Reason: Error: 550 5.7.1 Relaying denied
""",
        (("dana@shop.example", "soft"),),
    ),
    Made(
        "Yahoo",
        """\
From: MAILER-DAEMON@yahoo.com
To: help@desk.example
Subject: Failure Notice
Return-Path: <>

Sorry, we were unable to deliver your message to the following address.

<dana@shop.example>:
554: delivery error: dd This user doesn't have a shop.example account (dana@shop.example) [0] - mta1.mail.example

--- Below this line is a copy of the message.

Message-ID: <m1.abc@desk.example>
From: help@desk.example
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "AOL, as it was",
        """\
From: Mail Delivery Subsystem <MAILER-DAEMON@aol.com>
To: help@desk.example
Subject: Returned mail: see transcript for details

Your mail to the following recipients could not be delivered because they are not accepting mail from help@desk.example:

    dana@shop.example
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Zoho",
        """\
From: mailer-daemon@mail.zoho.com
To: help@desk.example
Subject: Undelivered Mail Returned to Sender

This message was created automatically by mail delivery software.
 A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

dana@shop.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 User does not exist
""",
        (("dana@shop.example", "hard"),),
    ),
]
