"""Raw mails to `ParsedMail`: pure, linear, never failing. `whole.parse` is the door."""
