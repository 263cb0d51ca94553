import os

from openai import OpenAI

client = OpenAI(
    base_url={{ api.base_url }},
    api_key=os.environ[{{ key.environment_variable }}],
)
for model in client.models.list():
    print(model.id)
