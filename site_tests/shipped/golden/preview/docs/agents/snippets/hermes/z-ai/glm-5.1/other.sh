hermes -z "Reply with exactly: pong" -m z-ai/glm-5.1 --provider custom:llmbase
