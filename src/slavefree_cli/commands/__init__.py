"""What the coordinator types: one file a noun, each command thin: parse, call work, show."""
