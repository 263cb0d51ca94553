import os
import sys

from openai import APIConnectionError, APIStatusError, OpenAI

client = OpenAI(
    base_url="https://llmbase.ai/api/v1/agents",
    api_key=os.environ["LLMBASE_CHAT_AGENT_KEY"],
    max_retries=2,  # only after rate limits, server errors and lost connections; it waits as long as Retry-After says
)
try:
    answer = client.chat.completions.create(
        model="deepseek/deepseek-v4-flash",
        messages=[{"role": "user", "content": "Reply with exactly: pong"}],
    )
except APIStatusError as error:  # an answer with a status from 400 on
    wait = error.response.headers.get("retry-after")
    sys.exit(f"{error.status_code} {error.code}" + (f", try again in {wait} s" if wait else ""))
except APIConnectionError as error:  # no answer at all
    sys.exit(f"no answer: {error}")
print(answer.choices[0].message.content)
