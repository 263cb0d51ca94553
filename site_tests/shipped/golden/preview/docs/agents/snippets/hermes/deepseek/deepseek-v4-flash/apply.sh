hermes config set providers.llmbase.name LLMBase
hermes config set providers.llmbase.base_url https://llmbase.ai/api/v1/agents
hermes config set providers.llmbase.key_env LLMBASE_CHAT_AGENT_KEY
hermes config set providers.llmbase.api_mode chat_completions
hermes config set model.max_tokens 32768
hermes config set providers.llmbase.models.deepseek/deepseek-v4-flash.context_length 1048576
hermes config unset model.context_length
hermes config set model.provider custom:llmbase
hermes config set model.default deepseek/deepseek-v4-flash
