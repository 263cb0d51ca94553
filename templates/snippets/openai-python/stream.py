import os

from openai import OpenAI

client = OpenAI(
    base_url={{ api.base_url }},
    api_key=os.environ[{{ key.environment_variable }}],
)
stream = client.chat.completions.create(
    model={{ model.id }},
    messages=[{"role": "user", "content": "Count from one to five."}],
    stream=True,
)
for piece in stream:
    for choice in piece.choices:
        print(choice.delta.content or "", end="", flush=True)
print()
