mkdir -p ~/.hermes
printf '{{ key.environment_variable | bare }}=%s\n' "${{ key.environment_variable | bare }}" >> ~/.hermes/.env
chmod 600 ~/.hermes/.env
