import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://exempla.ai/api/v1/agents",
  apiKey: process.env["EXEMPLA_CHAT_AGENT_KEY"],
});
const stream = await client.chat.completions.create({
  model: "minimax/minimax-m2.5",
  messages: [{ role: "user", content: "Count from one to five." }],
  stream: true,
});
for await (const piece of stream) {
  process.stdout.write(piece.choices[0]?.delta?.content ?? "");
}
process.stdout.write("\n");
