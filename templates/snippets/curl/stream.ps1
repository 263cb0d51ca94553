{{ {"model": model.id, "messages": [{"role": "user", "content": "Count from one to five."}], "stream": true} | json }} |
  curl.exe -sS -N --fail-with-body {{ api.base_url ~ api.operations.chat.path }} -H "{{ authentication.header | bare }}: {{ authentication.scheme | bare }} $env:{{ key.environment_variable | bare }}" -H "Content-Type: application/json" -d "@-"
