test -e ~/.hermes/config.yaml && test ! -e ~/.hermes/config.yaml.before-exempla && cp -p ~/.hermes/config.yaml ~/.hermes/config.yaml.before-exempla
