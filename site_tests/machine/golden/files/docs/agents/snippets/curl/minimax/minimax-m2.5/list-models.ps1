curl.exe -sS --fail-with-body 'https://exempla.ai/api/v1/agents/models' -H "Authorization: Bearer $env:EXEMPLA_CHAT_AGENT_KEY"
