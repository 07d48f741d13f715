"""What a brand shows of itself without anybody signing in."""
