import os

from openai import OpenAI

client = OpenAI(
    base_url="https://exempla.ai/api/v1/agents",
    api_key=os.environ["EXEMPLA_CHAT_AGENT_KEY"],
)
for model in client.models.list():
    print(model.id)
