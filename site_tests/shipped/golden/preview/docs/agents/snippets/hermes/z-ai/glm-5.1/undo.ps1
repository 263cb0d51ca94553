Move-Item -Force "$env:LOCALAPPDATA/hermes/config.yaml.before-llmbase" "$env:LOCALAPPDATA/hermes/config.yaml"
hermes config check
