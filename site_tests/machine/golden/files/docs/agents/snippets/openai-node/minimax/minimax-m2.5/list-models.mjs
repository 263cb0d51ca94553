import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://exempla.ai/api/v1/agents",
  apiKey: process.env["EXEMPLA_CHAT_AGENT_KEY"],
});
for await (const model of client.models.list()) {
  console.log(model.id);
}
