hermes -z "Reply with exactly: pong"
# The same with the model named:
hermes -z "Reply with exactly: pong" -m deepseek/deepseek-v4-flash --provider custom:llmbase
