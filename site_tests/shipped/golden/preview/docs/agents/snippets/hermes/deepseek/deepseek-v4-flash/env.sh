mkdir -p ~/.hermes
printf 'LLMBASE_CHAT_AGENT_KEY=%s\n' "$LLMBASE_CHAT_AGENT_KEY" >> ~/.hermes/.env
chmod 600 ~/.hermes/.env
