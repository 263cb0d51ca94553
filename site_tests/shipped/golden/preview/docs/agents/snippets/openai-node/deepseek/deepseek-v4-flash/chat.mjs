import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://llmbase.ai/api/v1/agents",
  apiKey: process.env["LLMBASE_CHAT_AGENT_KEY"],
});
const answer = await client.chat.completions.create({
  model: "deepseek/deepseek-v4-flash",
  messages: [{ role: "user", content: "Reply with exactly: pong" }],
});
console.log(answer.choices[0].message.content);
