test -e ~/.openclaw/openclaw.json && test ! -e ~/.openclaw/openclaw.json.before-{{ provider.id | bare }} && cp -p ~/.openclaw/openclaw.json ~/.openclaw/openclaw.json.before-{{ provider.id | bare }}
