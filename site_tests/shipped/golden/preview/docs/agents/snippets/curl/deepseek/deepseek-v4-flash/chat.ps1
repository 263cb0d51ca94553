'{"model": "deepseek/deepseek-v4-flash", "messages": [{"role": "user", "content": "Reply with exactly: pong"}]}' |
  curl.exe -sS --fail-with-body 'https://llmbase.ai/api/v1/agents/chat/completions' -H "Authorization: Bearer $env:LLMBASE_CHAT_AGENT_KEY" -H "Content-Type: application/json" -d "@-"
