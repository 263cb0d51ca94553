test -e ~/.openclaw/openclaw.json && test ! -e ~/.openclaw/openclaw.json.before-llmbase && cp -p ~/.openclaw/openclaw.json ~/.openclaw/openclaw.json.before-llmbase
