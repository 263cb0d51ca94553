Move-Item -Force "$HOME/.openclaw/openclaw.json.before-exempla" "$HOME/.openclaw/openclaw.json"
openclaw config validate --json
