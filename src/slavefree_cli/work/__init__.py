"""What the coordinator gets done: read records, apply a rule, save or send."""
