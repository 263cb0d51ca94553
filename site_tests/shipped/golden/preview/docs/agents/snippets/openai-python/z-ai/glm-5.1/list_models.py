import os

from openai import OpenAI

client = OpenAI(
    base_url="https://llmbase.ai/api/v1/agents",
    api_key=os.environ["LLMBASE_CHAT_AGENT_KEY"],
)
for model in client.models.list():
    print(model.id)
