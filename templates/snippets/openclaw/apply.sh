# The key must be in {{ key.environment_variable | comment }}: the dry run checks that it is there.
openclaw config set --batch-file {{ files.config }} --merge --dry-run
openclaw config set --batch-file {{ files.config }} --merge
openclaw models set {{ provider.id ~ "/" ~ model.id }}
openclaw config validate --json
openclaw models list --provider {{ provider.id }}
