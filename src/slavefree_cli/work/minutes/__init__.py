"""Minutes on their way from a draft to what is approved."""
