test -e ~/.hermes/config.yaml && test ! -e ~/.hermes/config.yaml.before-llmbase && cp -p ~/.hermes/config.yaml ~/.hermes/config.yaml.before-llmbase
