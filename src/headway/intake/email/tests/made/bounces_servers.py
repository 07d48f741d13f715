"""Bounces after the habits of mail servers, mostly without a part for machines."""

from typing import Final

from headway.intake.email.tests.made.bounce import ORIGINAL, Made, dsn

SERVERS: Final = [
    Made(
        "Postfix",
        dsn(
            "From: MAILER-DAEMON@mx.desk.example (Mail Delivery System)\nTo: help@desk.example\nReturn-Path: <>\n"
            "Subject: Undelivered Mail Returned to Sender",
            "This is the mail system at host mx.desk.example.\n\nI'm sorry to have to inform you that your message "
            "could not\nbe delivered to one or more recipients.\n\n<dana@shop.example>: host mx1.shop.example said: "
            "550 5.1.1 User unknown",
            "Reporting-MTA: dns; mx.desk.example\n\nFinal-Recipient: rfc822; dana@shop.example\nAction: failed\n"
            "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown",
            ORIGINAL,
        ),
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Postfix, as one text",
        """\
From: MAILER-DAEMON (Mail Delivery System)
To: help@desk.example
Subject: Undelivered Mail Returned to Sender
Return-Path: <>

This is the Postfix program at host mx.desk.example.

I'm sorry to have to inform you that your message could not be
be delivered to one or more recipients. It's attached below.

                        The Postfix program

<dana@shop.example>: host mx1.shop.example[192.0.2.9] said: 452 4.2.2
    <dana@shop.example>: Recipient mailbox over quota (in reply to RCPT TO command)

<chen@shop.example>: Host or domain name not found. Name service error for
    name=shop.example type=MX: Host not found
""",
        (("dana@shop.example", "soft"), ("chen@shop.example", "hard")),
    ),
    Made(
        "Postfix, a delay",
        dsn(
            "From: MAILER-DAEMON@mx.desk.example (Mail Delivery System)\nTo: help@desk.example\nReturn-Path: <>\n"
            "Subject: Delayed Mail (still being retried)",
            "####################################################################\n# THIS IS A WARNING ONLY.  YOU DO "
            "NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################",
            "Reporting-MTA: dns; mx.desk.example\n\nFinal-Recipient: rfc822; dana@shop.example\nAction: delayed\n"
            "Status: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx1.shop.example[192.0.2.9]:25: Connection timed "
            "out\nWill-Retry-Until: Sun, 8 Mar 2026 09:14:00 +0000",
            ORIGINAL.partition("\n\n")[0],
            original_type="text/rfc822-headers",
        ),
        (("dana@shop.example", "delayed"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Exim 4",
        f"""\
X-Failed-Recipients: dana@shop.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.desk.example>
To: help@desk.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  dana@shop.example
    host mx1.shop.example [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<dana@shop.example>:
    550 No such person at this address

------ This is a copy of the message, including all the headers. ------

{ORIGINAL}
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Exim 4, a delay",
        """\
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.desk.example>
To: help@desk.example
Subject: Warning: message 1vABCD-0001 delayed 24 hours

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.desk.example.

The message identifier is:     1vABCD-0001
The subject of the message is: Re: Login
The date of the message is:    Tue, 3 Mar 2026 09:14:00 +0000

The address to which the message has not yet been delivered is:

  dana@shop.example
    host mx1.shop.example [192.0.2.9]
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.
""",
        (("dana@shop.example", "delayed"),),
    ),
    Made(
        "qmail",
        f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.desk.example
To: help@desk.example
Subject: failure notice

Hi. This is the qmail-send program at mx.desk.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<dana@shop.example>:
192.0.2.9 does not like recipient.
Remote host said: 550 5.1.1 Recipient address rejected: User unknown
Giving up on 192.0.2.9.

--- Below this line is a copy of the message.

Return-Path: <help@desk.example>
{ORIGINAL}
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "qmail, nothing to connect to",
        """\
Return-Path: <>
From: MAILER-DAEMON@mx.desk.example
To: help@desk.example
Subject: failure notice

Hi. This is the qmail-send program at mx.desk.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<dana@shop.example>:
CNAME lookup failed temporarily. (#4.4.3)
I'm not going to try again; this message has been in the queue too long.
""",
        (("dana@shop.example", "soft"),),
    ),
    Made(
        "Sendmail",
        f"""\
Return-Path: <MAILER-DAEMON@mx.desk.example>
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.desk.example>
To: help@desk.example
Subject: Returned mail: see transcript for details

The original message was received at Tue, 3 Mar 2026 10:14:00 +0100
from localhost [127.0.0.1]

   ----- The following addresses had permanent fatal errors -----
<dana@shop.example>
    (reason: 550 5.1.1 <dana@shop.example>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx1.shop.example.:
>>> DATA
<<< 550 5.1.1 <dana@shop.example>... User unknown
550 5.1.1 <dana@shop.example>... User unknown
<<< 503 5.0.0 Need RCPT (recipient)

   ----- Original message follows -----

{ORIGINAL}
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Sendmail 5",
        """\
From: MAILER-DAEMON@mx.desk.example (Mail Delivery Subsystem)
To: help@desk.example
Subject: Returned mail: User unknown

   ----- Transcript of session follows -----
While talking to mx1.shop.example:
>>> RCPT To:<dana@shop.example>
<<< 550 <dana@shop.example>... User unknown
550 <dana@shop.example>... User unknown

   ----- Unsent message follows -----
Received: by mx.desk.example (5.61/1.34) id AA01234; Tue, 3 Mar 2026 10:14:00 +0100
Message-Id: <m1.abc@desk.example>
From: help@desk.example
To: dana@shop.example
Subject: Re: Login
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Courier",
        """\
From: "Courier mail server at mx.desk.example" <postmaster@mx.desk.example>
To: help@desk.example
Subject: NOTICE: mail delivery status.

This is a delivery status notification from mx.desk.example,
running the Courier mail server, version 1.0.

The original message was received on Tue, 3 Mar 2026 10:14:00 +0100
from help@desk.example

---------------------------------------------------------------------------

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<dana@shop.example>:
    mx1.shop.example [192.0.2.9]:
>>> RCPT TO:<dana@shop.example>
<<< 550 User does not exist.

---------------------------------------------------------------------------
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "OpenSMTPD",
        """\
From: Mailer Daemon <MAILER-DAEMON@mx.desk.example>
To: help@desk.example
Subject: Delivery status notification: error
Return-Path: <>

    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

dana@shop.example: 550 5.1.1 <dana@shop.example>: Recipient address rejected: User unknown

    Below is a copy of the original message:

Message-ID: <m1.abc@desk.example>
From: help@desk.example
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Apache James",
        """\
From: postmaster@mx.desk.example
To: help@desk.example
Subject: [BOUNCE]
Return-Path: <>

Hi. This is the James mail server at mx.desk.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.  Below
I include the list of recipients and the reason why I was unable to deliver
your message.

Failed recipient(s):
dana@shop.example

Error message:
550 5.1.1 Unknown user: dana@shop.example

Message details:
  Subject: Re: Login
  Sent date: Tue Mar 03 10:14:00 CET 2026
  MAIL FROM: help@desk.example
  RCPT TO: dana@shop.example
  From: Help <help@desk.example>
  To: dana@shop.example
  Size (in bytes): 1234
""",
        (("dana@shop.example", "hard"),),
    ),
]
