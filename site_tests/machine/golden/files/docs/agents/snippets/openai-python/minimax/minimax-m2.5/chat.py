import os

from openai import OpenAI

client = OpenAI(
    base_url="https://exempla.ai/api/v1/agents",
    api_key=os.environ["EXEMPLA_CHAT_AGENT_KEY"],
)
answer = client.chat.completions.create(
    model="minimax/minimax-m2.5",
    messages=[{"role": "user", "content": "Reply with exactly: pong"}],
)
print(answer.choices[0].message.content)
