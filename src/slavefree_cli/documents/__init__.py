"""What a document says, apart from how it looks: blocks, and how they are rendered."""
