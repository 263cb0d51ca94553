mkdir -p ~/.openclaw
touch ~/.openclaw/.env ~/.openclaw/.env.new
chmod 600 ~/.openclaw/.env ~/.openclaw/.env.new
grep -v '^{{ key.environment_variable | bare }}=' ~/.openclaw/.env > ~/.openclaw/.env.new
printf '{{ key.environment_variable | bare }}=%s\n' "${{ key.environment_variable | bare }}" >> ~/.openclaw/.env.new
test -n "${{ key.environment_variable | bare }}" && mv ~/.openclaw/.env.new ~/.openclaw/.env
