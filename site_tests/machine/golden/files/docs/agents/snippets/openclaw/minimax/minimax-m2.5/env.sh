mkdir -p ~/.openclaw
touch ~/.openclaw/.env ~/.openclaw/.env.new
chmod 600 ~/.openclaw/.env ~/.openclaw/.env.new
grep -v '^EXEMPLA_CHAT_AGENT_KEY=' ~/.openclaw/.env > ~/.openclaw/.env.new
printf 'EXEMPLA_CHAT_AGENT_KEY=%s\n' "$EXEMPLA_CHAT_AGENT_KEY" >> ~/.openclaw/.env.new
test -n "$EXEMPLA_CHAT_AGENT_KEY" && mv ~/.openclaw/.env.new ~/.openclaw/.env
