hermes config set providers.{{ provider.id | bare }}.name {{ provider.name }}
hermes config set providers.{{ provider.id | bare }}.base_url {{ api.base_url }}
hermes config set providers.{{ provider.id | bare }}.key_env {{ key.environment_variable }}
hermes config set providers.{{ provider.id | bare }}.api_mode chat_completions
{% if model.known.max_output is known and output_limit == "max_tokens" %}
hermes config set model.max_tokens {{ model.known.max_output }}
{% else %}
# model.max_tokens: {% if model.known.max_output is known %}no parameter of the {{ api.name | comment }}{% else %}unknown{% endif %}; {{ client.name | comment }} asks for {{ client.when_unknown.max_output | default("a value of its own") | comment }}
# That of the default model before must not stay. If there is none, the command says so.
hermes config unset model.max_tokens
{% endif %}
{% if model.context_window is not known %}
# model.context_length: unknown; {{ client.name | comment }} assumes {{ client.when_unknown.context_window | default("a value of its own") | comment }}{% if client.minimum_context_window %}, and takes no model below {{ client.minimum_context_window | number }} tokens{% endif %}

hermes config unset model.context_length
{% elif "." in model.id %}
# For the default model, whichever it is, since the path of one model cannot contain a dot:
hermes config set model.context_length {{ model.context_window }}
{% else %}
hermes config set {{ "providers." ~ provider.id ~ ".models." ~ model.id ~ ".context_length" }} {{ model.context_window }}
hermes config unset model.context_length
{% endif %}
hermes config set model.provider {{ "custom:" ~ provider.id }}
hermes config set model.default {{ model.id }}
