test -e ~/.openclaw/openclaw.json && test ! -e ~/.openclaw/openclaw.json.before-exempla && cp -p ~/.openclaw/openclaw.json ~/.openclaw/openclaw.json.before-exempla
