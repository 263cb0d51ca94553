# The key must be in EXEMPLA_CHAT_AGENT_KEY: the dry run checks that it is there.
openclaw config set --batch-file exempla.json5 --merge --dry-run
openclaw config set --batch-file exempla.json5 --merge
openclaw models set exempla/minimax/minimax-m2.5
openclaw config validate --json
openclaw models list --provider exempla
