import os

from openai import OpenAI

client = OpenAI(
    base_url={{ api.base_url }},
    api_key=os.environ[{{ key.environment_variable }}],
)
answer = client.chat.completions.create(
    model={{ model.id }},
    messages=[{"role": "user", "content": "Reply with exactly: pong"}],
)
print(answer.choices[0].message.content)
