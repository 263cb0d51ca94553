hermes -z "Reply with exactly: pong"
# The same with the model named:
hermes -z "Reply with exactly: pong" -m {{ model.id }} --provider {{ "custom:" ~ provider.id }}
