opencode run --model {{ provider.id ~ "/" ~ model.id }} "Reply with exactly: pong"
