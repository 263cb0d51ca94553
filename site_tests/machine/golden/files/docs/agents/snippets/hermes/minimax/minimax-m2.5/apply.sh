hermes config set providers.exempla.name Exempla
hermes config set providers.exempla.base_url https://exempla.ai/api/v1/agents
hermes config set providers.exempla.key_env EXEMPLA_CHAT_AGENT_KEY
hermes config set providers.exempla.api_mode chat_completions
hermes config set model.max_tokens 65536
# For the default model, whichever it is, since the path of one model cannot contain a dot:
hermes config set model.context_length 196608
hermes config set model.provider custom:exempla
hermes config set model.default minimax/minimax-m2.5
