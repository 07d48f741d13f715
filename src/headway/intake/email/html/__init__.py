"""HTML of mails: made safe, made text, cut into new and quoted."""
