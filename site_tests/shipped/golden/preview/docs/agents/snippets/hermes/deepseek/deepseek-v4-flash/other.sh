hermes -z "Reply with exactly: pong" -m deepseek/deepseek-v4-flash --provider custom:llmbase
