Move-Item -Force "$env:LOCALAPPDATA/hermes/config.yaml.before-{{ provider.id | bare }}" "$env:LOCALAPPDATA/hermes/config.yaml"
hermes config check
