openclaw infer model run --local --model {{ provider.id ~ "/" ~ model.id }} --prompt "Reply with exactly: pong" --json
