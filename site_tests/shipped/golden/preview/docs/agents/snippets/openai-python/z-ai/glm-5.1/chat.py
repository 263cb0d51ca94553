import os

from openai import OpenAI

client = OpenAI(
    base_url="https://llmbase.ai/api/v1/agents",
    api_key=os.environ["LLMBASE_CHAT_AGENT_KEY"],
)
answer = client.chat.completions.create(
    model="z-ai/glm-5.1",
    messages=[{"role": "user", "content": "Reply with exactly: pong"}],
)
print(answer.choices[0].message.content)
