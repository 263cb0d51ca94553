hermes -z "Reply with exactly: pong"
