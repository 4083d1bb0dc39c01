"""The git program, started so that nothing which came by git can say what is run; it knows no register."""
