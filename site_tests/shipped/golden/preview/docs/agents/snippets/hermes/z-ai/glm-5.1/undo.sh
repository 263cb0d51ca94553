mv ~/.hermes/config.yaml.before-llmbase ~/.hermes/config.yaml
hermes config check
