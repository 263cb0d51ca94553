mkdir -p ~/.hermes
touch ~/.hermes/.env ~/.hermes/.env.new
chmod 600 ~/.hermes/.env ~/.hermes/.env.new
grep -v '^{{ key.environment_variable | bare }}=' ~/.hermes/.env > ~/.hermes/.env.new
printf '{{ key.environment_variable | bare }}=%s\n' "${{ key.environment_variable | bare }}" >> ~/.hermes/.env.new
test -n "${{ key.environment_variable | bare }}" && mv ~/.hermes/.env.new ~/.hermes/.env
