"""From records to minutes."""
