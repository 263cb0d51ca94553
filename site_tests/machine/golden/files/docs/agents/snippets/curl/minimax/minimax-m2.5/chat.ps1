'{"model": "minimax/minimax-m2.5", "messages": [{"role": "user", "content": "Reply with exactly: pong"}]}' |
  curl.exe -sS --fail-with-body 'https://exempla.ai/api/v1/agents/chat/completions' -H "Authorization: Bearer $env:EXEMPLA_CHAT_AGENT_KEY" -H "Content-Type: application/json" -d "@-"
