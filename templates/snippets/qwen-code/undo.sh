node {{ files.merge | bare }} undo
