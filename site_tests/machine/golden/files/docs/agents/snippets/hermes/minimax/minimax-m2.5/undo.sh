mv ~/.hermes/config.yaml.before-exempla ~/.hermes/config.yaml
hermes config check
