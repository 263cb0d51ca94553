mv ~/.openclaw/openclaw.json.before-exempla ~/.openclaw/openclaw.json
openclaw config validate --json
