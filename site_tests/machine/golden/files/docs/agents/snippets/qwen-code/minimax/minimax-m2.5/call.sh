qwen -p "Reply with exactly: pong"
