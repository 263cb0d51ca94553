openclaw agent exec --config ~/.openclaw/openclaw.json --cwd . --json --timeout 60 "Reply with exactly: pong"
