"""What was done, in words; taken back, or done by hand."""
