Move-Item -Force "$env:LOCALAPPDATA/hermes/config.yaml.before-exempla" "$env:LOCALAPPDATA/hermes/config.yaml"
hermes config check
