import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://llmbase.ai/api/v1/agents",
  apiKey: process.env["LLMBASE_CHAT_AGENT_KEY"],
});

const add = ({ a, b }) => a + b;

/** @type {OpenAI.ChatCompletionTool[]} */
const tools = [
  {
    type: "function",
    function: {
      name: "add",
      description: "Add two numbers.",
      parameters: {
        type: "object",
        properties: { a: { type: "number" }, b: { type: "number" } },
        required: ["a", "b"],
      },
    },
  },
];
/** @type {OpenAI.ChatCompletionMessageParam[]} */
const messages = [{ role: "user", content: "Add 2 and 3 with the tool." }];
let answer = await client.chat.completions.create({ model: "deepseek/deepseek-v4-flash", messages, tools });
const message = answer.choices[0].message;
messages.push(message);
for (const call of message.tool_calls ?? []) {
  if (call.type !== "function") continue;
  const result = add(JSON.parse(call.function.arguments));
  messages.push({ role: "tool", tool_call_id: call.id, content: String(result) });
}
answer = await client.chat.completions.create({ model: "deepseek/deepseek-v4-flash", messages, tools });
console.log(answer.choices[0].message.content);
