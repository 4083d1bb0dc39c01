"""Messages to people, and their answers."""
