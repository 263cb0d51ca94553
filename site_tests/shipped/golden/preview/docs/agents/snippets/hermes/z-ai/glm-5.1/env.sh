mkdir -p ~/.hermes
touch ~/.hermes/.env ~/.hermes/.env.new
chmod 600 ~/.hermes/.env ~/.hermes/.env.new
grep -v '^LLMBASE_CHAT_AGENT_KEY=' ~/.hermes/.env > ~/.hermes/.env.new
printf 'LLMBASE_CHAT_AGENT_KEY=%s\n' "$LLMBASE_CHAT_AGENT_KEY" >> ~/.hermes/.env.new
test -n "$LLMBASE_CHAT_AGENT_KEY" && mv ~/.hermes/.env.new ~/.hermes/.env
