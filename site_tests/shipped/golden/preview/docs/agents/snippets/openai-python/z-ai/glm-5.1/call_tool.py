import json
import os

from openai import OpenAI

client = OpenAI(
    base_url="https://llmbase.ai/api/v1/agents",
    api_key=os.environ["LLMBASE_CHAT_AGENT_KEY"],
)


def add(a: float, b: float) -> float:
    return a + b


tools = [
    {
        "type": "function",
        "function": {
            "name": "add",
            "description": "Add two numbers.",
            "parameters": {
                "type": "object",
                "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
                "required": ["a", "b"],
            },
        },
    }
]
messages = [{"role": "user", "content": "Add 2 and 3 with the tool."}]
answer = client.chat.completions.create(model="z-ai/glm-5.1", messages=messages, tools=tools)
message = answer.choices[0].message
messages.append(message)
for call in message.tool_calls or []:
    result = add(**json.loads(call.function.arguments))
    messages.append({"role": "tool", "tool_call_id": call.id, "content": str(result)})
answer = client.chat.completions.create(model="z-ai/glm-5.1", messages=messages, tools=tools)
print(answer.choices[0].message.content)
