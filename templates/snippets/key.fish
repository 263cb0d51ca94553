read --silent --global --export {{ key.environment_variable | bare }}
