openclaw agent exec --config "$HOME/.openclaw/openclaw.json" --cwd . --json --timeout 60 "Reply with exactly: pong"
