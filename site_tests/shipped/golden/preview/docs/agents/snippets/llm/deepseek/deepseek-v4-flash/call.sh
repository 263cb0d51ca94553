llm -m llmbase/deepseek/deepseek-v4-flash "Reply with exactly: pong"
