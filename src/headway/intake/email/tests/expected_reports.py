"""What a sample of the bounces reports, recorded and reviewed mail by mail."""

from typing import Final

# Written by people or list programs about bounces, or asking to be unsubscribed: no reports.
NO_REPORTS: Final = {
    "maildir__bsd__arf-26.eml",
    "maildir__bsd__lhost-fml-02.eml",
    "maildir__bsd__lhost-sendmail-14.eml",
}

# (file, kind of report, (failed address, hard | soft | delayed | delivered) …)
REPORTS: Final = [
    ("maildir__bsd__arf-02.eml", "complaint", ("this-local-part-does-not-exist-on-yahoo@yahoo.com", "hard")),
    ("maildir__bsd__arf-22.eml", "complaint", ("kijitora@example.com", "hard")),
    ("maildir__bsd__lhost-activehunter-02.eml", "bounce", ("kijitora@example.ed.jp", "hard")),
    ("maildir__bsd__lhost-amazonses-12.eml", "bounce", ("success@simulator.amazonses.com", "delivered")),
    ("maildir__bsd__lhost-amazonworkmail-02.eml", "bounce", ("sabineko@example.jp", "hard")),
    ("maildir__bsd__lhost-courier-02.eml", "bounce", ("kijitora@example.jp", "hard")),
    ("maildir__bsd__lhost-domino-02.eml", "bounce", ("kijitora@example.co.jp", "hard")),
    ("maildir__bsd__lhost-dragonfly-02.eml", "bounce", ("pseudo-local-part@outlook.example.com", "soft")),
    ("maildir__bsd__lhost-einsundeins-02.eml", "bounce", ("kijitora@example.org", "soft")),
    ("maildir__bsd__lhost-exim-02.eml", "bounce", ("kijitora@example.jp", "hard"), ("sabatora@example.jp", "hard")),
    ("maildir__bsd__lhost-exim-36.eml", "bounce", ("kijitora@example.edu", "hard")),
    (
        "maildir__bsd__lhost-ezweb-04.eml",
        "bounce",
        ("this-local-part-does-not-exist-on-the-server@ezweb.ne.jp", "hard"),
    ),
    ("maildir__bsd__lhost-gmail-06.eml", "bounce", ("kijitora@example.jp", "delayed")),
    ("maildir__bsd__lhost-gmx-02.eml", "bounce", ("shironeko@example.jp", "hard")),
    ("maildir__bsd__lhost-googlegroups-02.eml", "bounce", ("libsisimai@googlegroups.com", "hard")),
    ("maildir__bsd__lhost-imailserver-02.eml", "bounce", ("kijitora@example.co.jp", "soft")),
    ("maildir__bsd__lhost-kddi-02.eml", "bounce", ("kijitora@00000000000000.dion.ne.jp", "soft")),
    ("maildir__bsd__lhost-mailfoundry-02.eml", "bounce", ("kijitora@example.org", "soft")),
    ("maildir__bsd__lhost-mailmarshal-02.eml", "bounce", ("kijitora@nyaan.example.com", "hard")),
    ("maildir__bsd__lhost-mailru-02.eml", "bounce", ("kijitora@example.jp", "soft")),
    ("maildir__bsd__lhost-messagingserver-02.eml", "bounce", ("kijitora@example.net", "soft")),
    ("maildir__bsd__lhost-mfilter-02.eml", "bounce", ("kijitora@example.co.jp", "hard")),
    ("maildir__bsd__lhost-mxlogic-02.eml", "bounce", ("kijitora@example.jp", "hard")),
    ("maildir__bsd__lhost-notes-02.eml", "bounce", ("kijitora@u1.example.co.jp", "hard")),
    (
        "maildir__bsd__lhost-opensmtpd-02.eml",
        "bounce",
        ("mailboxfull@example.jp", "soft"),
        ("userunknown@example.jp", "hard"),
    ),
    (
        "maildir__bsd__lhost-outlook-04.eml",
        "bounce",
        ("sabineko@example.co.jp", "hard"),
        ("mikeneko@example.co.jp", "soft"),
    ),
    ("maildir__bsd__lhost-outlook-06.eml", "bounce", ("kijitora@example.com", "delayed")),
    (
        "maildir__bsd__lhost-postfix-02.eml",
        "bounce",
        ("filtered@example.co.jp", "hard"),
        ("userunknown@example.co.jp", "hard"),
    ),
    ("maildir__bsd__lhost-postfix-34.eml", "bounce", ("kijitora@example.com", "hard")),
    ("maildir__bsd__lhost-qmail-02.eml", "bounce", ("userunknown@example.jp", "hard"), ("filtered@example.jp", "hard")),
    ("maildir__bsd__lhost-qmail-12.eml", "bounce", ("nyaan@example.org", "hard")),
    ("maildir__bsd__lhost-receivingses-02.eml", "bounce", ("userunknown@neko.example.jp", "hard")),
    (
        "maildir__bsd__lhost-sendmail-02.eml",
        "bounce",
        ("userunknown@example.org", "hard"),
        ("filtered@example.com", "hard"),
    ),
    ("maildir__bsd__lhost-sendmail-08.eml", "bounce", ("neko@example.org", "soft")),
    ("maildir__bsd__lhost-surfcontrol-02.eml", "bounce", ("kijitora@example.org", "soft")),
    ("maildir__bsd__lhost-trendmicro-02.eml", "bounce", ("kijitora@neko.example.jp", "hard")),
    ("maildir__bsd__lhost-verizon-02.eml", "bounce", ("may-be-straycat-nyaaaaaan@vtext.com", "hard")),
    ("maildir__bsd__lhost-yahoo-02.eml", "bounce", ("kijitora@example.ed.jp", "soft")),
    (
        "maildir__bsd__lhost-zoho-02.eml",
        "bounce",
        ("mikeneko@example.co.jp", "hard"),
        ("sabineko@example.co.jp", "soft"),
    ),
    ("maildir__bsd__rhost-aol-02.eml", "bounce", ("kijitora@example.co.jp", "soft")),
    ("maildir__bsd__rhost-google-02.eml", "bounce", ("neko-nyaan@example.org", "hard")),
    ("maildir__bsd__rhost-outlook-02.eml", "bounce", ("kijitora@example.jp", "hard")),
]
