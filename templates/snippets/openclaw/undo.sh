mv ~/.openclaw/openclaw.json.before-{{ provider.id | bare }} ~/.openclaw/openclaw.json
openclaw config validate --json
