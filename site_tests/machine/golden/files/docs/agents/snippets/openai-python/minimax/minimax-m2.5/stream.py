import os

from openai import OpenAI

client = OpenAI(
    base_url="https://exempla.ai/api/v1/agents",
    api_key=os.environ["EXEMPLA_CHAT_AGENT_KEY"],
)
stream = client.chat.completions.create(
    model="minimax/minimax-m2.5",
    messages=[{"role": "user", "content": "Count from one to five."}],
    stream=True,
)
for piece in stream:
    for choice in piece.choices:
        print(choice.delta.content or "", end="", flush=True)
print()
