Move-Item -Force "$HOME/.openclaw/openclaw.json.before-llmbase" "$HOME/.openclaw/openclaw.json"
openclaw config validate --json
