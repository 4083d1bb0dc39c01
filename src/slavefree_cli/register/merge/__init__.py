"""The three-way merge of the files of a register: records field by field, other text line by line."""
