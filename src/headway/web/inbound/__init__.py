"""Where providers hand in mails: no session, no cookie, no page; a secret address and a verified call."""
