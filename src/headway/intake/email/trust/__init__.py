"""Who really sent a mail: what servers we trust say about it, and what follows."""
