opencode run --model exempla/minimax/minimax-m2.5 "Reply with exactly: pong"
