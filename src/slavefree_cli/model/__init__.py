"""What a partnership is: plain immutable records and the rules between them, with no disk and no clock."""
