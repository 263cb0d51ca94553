hermes config set providers.{{ provider.id | bare }}.name {{ provider.name }}
hermes config set providers.{{ provider.id | bare }}.base_url {{ api.base_url }}
hermes config set providers.{{ provider.id | bare }}.key_env {{ key.environment_variable }}
hermes config set providers.{{ provider.id | bare }}.api_mode chat_completions
hermes config set model.provider {{ "custom:" ~ provider.id }}
hermes config set model.default {{ model.id }}
{% if model.known.max_output is known %}
hermes config set model.max_tokens {{ model.known.max_output }}
{% else %}
# model.max_tokens: unknown; {{ client.name | comment }} asks for {{ client.when_unknown.max_output | default("a value of its own") | comment }}
{% endif %}
# For all models, since the path of one model cannot contain a dot:
hermes config set model.context_length {{ model.context_window }}
