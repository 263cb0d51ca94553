hermes -z "Reply with exactly: pong"
# The same with the model named:
hermes -z "Reply with exactly: pong" -m minimax/minimax-m2.5 --provider custom:exempla
