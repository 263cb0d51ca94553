# The key must be in {{ key.environment_variable | comment }}: the dry run checks that it is there.
openclaw config patch --file {{ files.config }} --dry-run
openclaw config patch --file {{ files.config }}
openclaw models set {{ provider.id ~ "/" ~ model.id }}
openclaw config validate --json
openclaw models list --provider {{ provider.id }}
