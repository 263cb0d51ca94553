llm -m {{ provider.id ~ "/" ~ model.id }} "Reply with exactly: pong"
