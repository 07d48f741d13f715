"""The providers of hooks in words: what they are called, how to set them up, why a call was refused."""

from django.utils.translation import gettext as _

NAMES = {"mailgun": "Mailgun", "ses": "Amazon SES", "postmark": "Postmark"}


def steps(kind: str) -> list[str]:
    """What to do, one after the other, at the provider and here."""
    match kind:
        case "mailgun":
            return [
                _("In Mailgun, open API Security and copy the HTTP webhook signing key."),
                _("Paste it here and add the hook. The key is sealed and never shown again."),
                _("In Mailgun, under Receiving, create a route for your address that forwards to the hook's address."),
                _("Leave the end of the address, /mime, as it is: only then Mailgun hands over the whole mail."),
            ]
        case "ses":
            return [
                _("In Amazon SNS, create a standard topic in the region in which SES receives your mail."),
                _("Paste the topic's ARN here and add the hook."),
                _("At the topic, create a subscription: protocol HTTPS, the hook's address as endpoint, raw message "
                  "delivery off."),
                _("Come back here and confirm the subscription. It is never confirmed by itself."),
                _("In SES, add the action Publish to Amazon SNS topic to the receipt rule, encoding Base64."),
            ]  # fmt: skip
    return [
        _("Add the hook here. Its address, with a password in it, is shown once."),
        _("In Postmark, open the inbound stream of your server, then its settings, and paste the address as webhook."),
        _("There, switch on Include raw email content in JSON payload, and save."),
        _("Forward your address to the stream's inbound address, or point its MX record to Postmark."),
    ]


def limit(kind: str) -> str:
    """What a provider does not hand over this way; "" when it hands over all it takes."""
    if kind == "ses":
        return _("Amazon hands over mails of at most 150 KB this way and sends larger ones back to their senders. "
                 "Where customers attach files, connect a mailbox instead.")  # fmt: skip
    return ""


def refusal_words(reason: str) -> str:
    """Why a call was refused, and what to do."""
    return {
        "unreadable": _("What came could not be read. For Amazon, switch raw message delivery off."),
        "too_large": _("A mail was larger than can be taken this way."),
        "unsigned": _("A call came without a signature."),
        "signature": _("A signature was wrong. Check the signing key; if it is right, somebody else called."),
        "stale": _("A call was more than five minutes old. Check this machine's clock."),
        "replayed": _("A call that had been taken came again with another mail in it. Somebody else sent it."),
        "password": _("The password was wrong or missing. Paste the whole address, or make a new password."),
        "topic": _("A call came for another topic than this one."),
        "certificate": _("A call named a certificate or an address that is not Amazon's. Somebody else sent it."),
        "unreachable": _("Amazon's certificate could not be fetched. Amazon tries again; check the way out."),
        "no_mail": _("A call came without the whole mail. Mailgun's address must end in /mime; Postmark must include "
                     "the raw email."),
        "stored_elsewhere": _("Amazon put a mail into S3 instead of sending it. Choose Publish to Amazon SNS topic."),
    }.get(reason, reason)  # fmt: skip
