hermes config set providers.llmbase.name LLMBase
hermes config set providers.llmbase.base_url https://llmbase.ai/api/v1/agents
hermes config set providers.llmbase.key_env LLMBASE_CHAT_AGENT_KEY
hermes config set providers.llmbase.api_mode chat_completions
# model.max_tokens: unknown; Hermes asks for up to 65536 tokens
# That of the default model before must not stay. If there is none, the command says so.
hermes config unset model.max_tokens
# For the default model, whichever it is, since the path of one model cannot contain a dot:
hermes config set model.context_length 198000
hermes config set model.provider custom:llmbase
hermes config set model.default z-ai/glm-5.1
