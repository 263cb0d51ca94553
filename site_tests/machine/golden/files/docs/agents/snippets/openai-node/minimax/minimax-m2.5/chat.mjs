import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://exempla.ai/api/v1/agents",
  apiKey: process.env["EXEMPLA_CHAT_AGENT_KEY"],
});
const answer = await client.chat.completions.create({
  model: "minimax/minimax-m2.5",
  messages: [{ role: "user", content: "Reply with exactly: pong" }],
});
console.log(answer.choices[0].message.content);
