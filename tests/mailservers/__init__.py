"""Real mail servers for tests: Debian's programs, unprivileged, on loopback."""
