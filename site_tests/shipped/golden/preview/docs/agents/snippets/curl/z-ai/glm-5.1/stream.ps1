'{"model": "z-ai/glm-5.1", "messages": [{"role": "user", "content": "Count from one to five."}], "stream": true}' |
  curl.exe -sS -N --fail-with-body 'https://llmbase.ai/api/v1/agents/chat/completions' -H "Authorization: Bearer $env:LLMBASE_CHAT_AGENT_KEY" -H "Content-Type: application/json" -d "@-"
