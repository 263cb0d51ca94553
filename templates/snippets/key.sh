printf '%s: ' {{ key.name ~ " (not shown)" }} >&2; read -rs {{ key.environment_variable | bare }} && export {{ key.environment_variable | bare }}; echo >&2
