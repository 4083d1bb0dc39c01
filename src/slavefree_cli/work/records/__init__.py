"""What the coordinator keeps: records added, changed and found."""
