"""Mailboxes whose owners sign in at their provider (OAuth 2, RFC 6749): registration, sign-in, renewal."""
