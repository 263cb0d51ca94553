curl.exe -sS --fail-with-body 'https://llmbase.ai/api/v1/agents/models' -H "Authorization: Bearer $env:LLMBASE_CHAT_AGENT_KEY"
