openclaw infer model run --local --model llmbase/z-ai/glm-5.1 --prompt "Reply with exactly: pong" --json
