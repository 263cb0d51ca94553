read -rs {{ key.environment_variable | bare }} && export {{ key.environment_variable | bare }}
