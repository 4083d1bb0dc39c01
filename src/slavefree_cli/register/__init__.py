"""Records on disk: where they lie, TOML text, files, the lock, git."""
