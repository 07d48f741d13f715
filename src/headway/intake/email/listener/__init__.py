"""The listener: mail servers hand in mails by SMTP or LMTP, for our own addresses only."""
