opencode models {{ provider.id }}
