llm -m llmbase/z-ai/glm-5.1 "Reply with exactly: pong"
