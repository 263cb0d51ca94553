printf 'LLMBASE_CHAT_AGENT_KEY=%s\n' "$LLMBASE_CHAT_AGENT_KEY" >> ~/.openclaw/.env
chmod 600 ~/.openclaw/.env
