# The key must be in LLMBASE_CHAT_AGENT_KEY: the dry run checks that it is there.
openclaw config set --batch-file llmbase.json5 --merge --dry-run
openclaw config set --batch-file llmbase.json5 --merge
openclaw models set llmbase/z-ai/glm-5.1
openclaw config validate --json
openclaw models list --provider llmbase
