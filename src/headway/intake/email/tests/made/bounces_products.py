"""Bounces after the habits of gateways and groupware."""

from typing import Final

from headway.intake.email.tests.made.bounce import Made

PRODUCTS: Final = [
    Made(
        "IBM Domino",
        """\
From: Postmaster@shop.example
To: help@desk.example
Subject: DELIVERY FAILURE: User dana (dana@shop.example) not listed in Domino Directory

Your message

  Subject: Re: Login

was not delivered to:

  dana@shop.example

because:

  User dana (dana@shop.example) not listed in Domino Directory
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Lotus Notes",
        """\
From: Postmaster@shop.example
To: help@desk.example
Subject: DELIVERY FAILURE: Error delivering to DANA; Router: Database disk quota exceeded

------- Failure Reasons  --------

Error delivering to DANA/SHOP; Router: Database disk quota exceeded
dana@shop.example


------- Returned Message --------

Message-ID: <m1.abc@desk.example>
From: help@desk.example
To: dana@shop.example
""",
        (("dana@shop.example", "soft"),),
        "m1.abc@desk.example",
    ),
    Made(
        "MailMarshal",
        """\
From: <postmaster@shop.example>
To: help@desk.example
Subject: Undeliverable Mail: "Re: Login"

Your message:
   From:    help@desk.example
   Subject: Re: Login

Could not be delivered because of

550 5.1.1 User unknown

The following recipients were affected:
   dana@shop.example

Additional Information
======================
Original Sender:     <help@desk.example>
Sender-MTA:          <192.0.2.7>
Remote-MTA:          <192.0.2.9>
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Novell GroupWise",
        """\
From: Mailer-Daemon@shop.example
To: help@desk.example
Subject: Message status - undeliverable

The message that you sent was undeliverable to the following:
        dana (user not found)
        dana@shop.example

Possibly truncated original message follows:

Received: from mx.desk.example by gw.shop.example; Tue, 03 Mar 2026 10:14:00 +0100
Message-ID: <m1.abc@desk.example>
From: help@desk.example
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "MDaemon",
        """\
From: MDaemon@shop.example
To: help@desk.example
Subject: Permanent Delivery Failure
X-MDDSN-Message: True

The attached message had PERMANENT fatal delivery errors!

After one or more unsuccessful delivery attempts the attached message has
been removed from the mail queue on this server.  The number and frequency
of delivery attempts are determined by local configuration parameters.

YOUR MESSAGE WAS NOT DELIVERED TO ANY OF ITS RECIPIENTS!

Failed address: dana@shop.example

--- Session Transcript ---
 Attempting SMTP connection to [mx1.shop.example]
 <-- 550 5.1.1 Recipient unknown
--- End Transcript ---
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "hMailServer",
        """\
From: mailer-daemon@mx.desk.example
To: help@desk.example
Subject: Message undeliverable: Re: Login
Return-Path: <>

Your message did not reach some or all of the intended recipients.

   Sent: Tue, 3 Mar 2026 10:14:00 +0100
   Subject: Re: Login

The following recipient(s) could not be reached:

dana@shop.example
   Error Type: SMTP
   Remote server (192.0.2.9) issued an error.
   hMailServer sent: RCPT TO:<dana@shop.example>
   Remote server replied: 550 No such user here

hMailServer
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "MailEnable",
        """\
From: MAILER-DAEMON <postmaster@mx.desk.example>
To: help@desk.example
Subject: Message Delivery Failure

MailEnable: Message could not be delivered to some recipients.
The following recipient(s) could not be reached:

        Recipient: [SMTP:dana@shop.example]
        Reason: 550 5.1.1 Mailbox unavailable


Message headers follow:

Received: from pc ([192.0.2.10]) by mx.desk.example; Tue, 03 Mar 2026 10:14:00 +0100
Message-ID: <m1.abc@desk.example>
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "SmarterMail",
        """\
From: System Administrator <noreply@mx.desk.example>
To: help@desk.example
Subject: Delivery Failure
Return-Path: <>

Could not deliver message to the following recipient(s):

Failed Recipient: dana@shop.example
Reason: Remote host said: 550 User unknown

   -- The header and top 20 lines of the message follows --

Message-ID: <m1.abc@desk.example>
From: help@desk.example
To: dana@shop.example
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "CommuniGate Pro",
        """\
From: <MAILER-DAEMON@shop.example>
To: help@desk.example
Subject: Undeliverable mail: Re: Login

Failed to deliver to 'dana@shop.example'
LOCAL module(account dana) reports:
 account is full (quota exceeded)
""",
        (("dana@shop.example", "soft"),),
    ),
    Made(
        "Kerio Connect",
        """\
From: postmaster@shop.example
To: help@desk.example
Subject: Undeliverable: Re: Login

This message was automatically generated by mail server.

Your message could not be delivered to the following recipients:

<dana@shop.example>
    554 5.1.1 <dana@shop.example>... Mailbox is disabled
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Symantec Messaging Gateway",
        """\
From: Mail Delivery Subsystem <mailer-daemon@gateway.shop.example>
To: help@desk.example
Subject: Returned mail: delivery problems encountered

A message (from <help@desk.example>) was received at 3 Mar 2026 9:14:00 +0000.

The following addresses had delivery problems:

<dana@shop.example>
        Permanent Failure: 550_#5.1.0_Address_rejected_dana@shop.example
        Delivery last attempted at Tue, 3 Mar 2026 09:14:02 -0000
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Trend Micro InterScan",
        """\
From: InterScan MSS <postmaster@gateway.shop.example>
To: help@desk.example
Subject: Mail could not be delivered

Sent <<< RCPT TO:<dana@shop.example>
Received >>> 550 5.1.1 <dana@shop.example>... user unknown
Unable to deliver message to <dana@shop.example> (and other recipients in the same domain).

************************     Original message     ************************

Message-ID: <m1.abc@desk.example>
From: help@desk.example
""",
        (("dana@shop.example", "hard"),),
        "m1.abc@desk.example",
    ),
    Made(
        "Cisco IronPort",
        """\
From: "Mail Delivery System" <MAILER-DAEMON@esa.desk.example>
To: help@desk.example
Subject: Delivery Status Notification (Failure)
Return-Path: <>

The following message to <dana@shop.example> was undeliverable.
The reason for the problem:
5.1.0 - Unknown address error 550-'Invalid recipient'
""",
        (("dana@shop.example", "hard"),),
    ),
    Made(
        "Proofpoint",
        """\
From: Mail Delivery Subsystem <MAILER-DAEMON@pp.desk.example>
To: help@desk.example
Subject: Undeliverable: Re: Login

The following recipient(s) could not be reached:

      dana@shop.example on 3/3/2026 9:14 AM
            There was a SMTP communication problem with the recipient's email server.
            <pp.desk.example #5.5.0 smtp;550 5.7.1 Message blocked due to sender reputation>
""",
        (("dana@shop.example", "soft"),),
    ),
]
