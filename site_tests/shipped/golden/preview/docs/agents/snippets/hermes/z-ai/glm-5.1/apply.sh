hermes config set providers.llmbase.name LLMBase
hermes config set providers.llmbase.base_url https://llmbase.ai/api/v1/agents
hermes config set providers.llmbase.key_env LLMBASE_CHAT_AGENT_KEY
hermes config set providers.llmbase.api_mode chat_completions
hermes config set model.provider custom:llmbase
hermes config set model.default z-ai/glm-5.1
# model.max_tokens: unknown; Hermes asks for up to 65536 tokens
# For all models, since the path of one model cannot contain a dot:
hermes config set model.context_length 198000
