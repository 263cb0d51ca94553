# The key must be in LLMBASE_CHAT_AGENT_KEY: the dry run checks that it is there.
openclaw config patch --file llmbase.json5 --dry-run
openclaw config patch --file llmbase.json5
openclaw models set llmbase/deepseek/deepseek-v4-flash
openclaw config validate --json
openclaw models list --provider llmbase
