Move-Item -Force "$HOME/.openclaw/openclaw.json.before-{{ provider.id | bare }}" "$HOME/.openclaw/openclaw.json"
openclaw config validate --json
