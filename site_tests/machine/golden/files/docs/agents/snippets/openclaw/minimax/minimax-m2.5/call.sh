openclaw infer model run --local --model exempla/minimax/minimax-m2.5 --prompt "Reply with exactly: pong" --json
