node merge.mjs undo
