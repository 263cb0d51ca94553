mkdir -p ~/.openclaw
touch ~/.openclaw/.env ~/.openclaw/.env.new
chmod 600 ~/.openclaw/.env ~/.openclaw/.env.new
grep -v '^LLMBASE_CHAT_AGENT_KEY=' ~/.openclaw/.env > ~/.openclaw/.env.new
printf 'LLMBASE_CHAT_AGENT_KEY=%s\n' "$LLMBASE_CHAT_AGENT_KEY" >> ~/.openclaw/.env.new
test -n "$LLMBASE_CHAT_AGENT_KEY" && mv ~/.openclaw/.env.new ~/.openclaw/.env
