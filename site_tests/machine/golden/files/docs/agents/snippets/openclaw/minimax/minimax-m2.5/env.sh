printf 'EXEMPLA_CHAT_AGENT_KEY=%s\n' "$EXEMPLA_CHAT_AGENT_KEY" >> ~/.openclaw/.env
chmod 600 ~/.openclaw/.env
