openclaw infer model run --local --model llmbase/deepseek/deepseek-v4-flash --prompt "Reply with exactly: pong" --json
