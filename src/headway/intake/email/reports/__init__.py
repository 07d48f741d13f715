"""Mails about mails: bounces, delays, complaints, receipts."""
