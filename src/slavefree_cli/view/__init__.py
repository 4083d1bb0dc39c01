"""How results look: tables for people, tab-separated lines for pipes, JSON for programs."""
