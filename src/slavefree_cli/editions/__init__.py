"""What a reader may see of a meeting, and what templates are given of it: worked out from records, without a disk."""
