llm keys set {{ provider.id }}
