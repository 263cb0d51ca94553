test -e ~/.hermes/config.yaml && test ! -e ~/.hermes/config.yaml.before-{{ provider.id | bare }} && cp -p ~/.hermes/config.yaml ~/.hermes/config.yaml.before-{{ provider.id | bare }}
