import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://llmbase.ai/api/v1/agents",
  apiKey: process.env["LLMBASE_CHAT_AGENT_KEY"],
});
for await (const model of client.models.list()) {
  console.log(model.id);
}
