# The key must be in EXEMPLA_CHAT_AGENT_KEY: the dry run checks that it is there.
openclaw config patch --file exempla.json5 --dry-run
openclaw config patch --file exempla.json5
openclaw models set exempla/minimax/minimax-m2.5
openclaw config validate --json
openclaw models list --provider exempla
