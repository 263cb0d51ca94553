mv ~/.openclaw/openclaw.json.before-llmbase ~/.openclaw/openclaw.json
openclaw config validate --json
