{{ {"model": model.id, "messages": [{"role": "user", "content": "Reply with exactly: pong"}]} | json }} |
  curl.exe -sS --fail-with-body --retry 5 {{ api.base_url ~ api.operations.chat.path }} -H "{{ authentication.header | bare }}: {{ authentication.scheme | bare }} $env:{{ key.environment_variable | bare }}" -H "Content-Type: application/json" -d "@-"
