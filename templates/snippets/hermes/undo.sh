mv ~/.hermes/config.yaml.before-{{ provider.id | bare }} ~/.hermes/config.yaml
hermes config check
