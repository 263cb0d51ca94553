printf '{{ key.environment_variable | bare }}=%s\n' "${{ key.environment_variable | bare }}" >> ~/.openclaw/.env
chmod 600 ~/.openclaw/.env
