read --silent --global --export --prompt-str {{ key.name ~ " (not shown): " }} {{ key.environment_variable | bare }}
