"""What needs care: what is wrong in a register, and what needs doing."""
