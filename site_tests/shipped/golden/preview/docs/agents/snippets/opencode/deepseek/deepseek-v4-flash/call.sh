opencode run --model llmbase/deepseek/deepseek-v4-flash "Reply with exactly: pong"
