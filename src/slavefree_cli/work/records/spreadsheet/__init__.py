"""Members and people from a spreadsheet, as it is exported or as it is: all rows or none."""
