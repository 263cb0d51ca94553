hermes -z "Reply with exactly: pong" -m {{ model.id }} --provider {{ "custom:" ~ provider.id }}
