"""Invitations: whom they go to, what is issued, how it stands, and the answers."""
