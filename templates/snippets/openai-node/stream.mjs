import OpenAI from "openai";

const client = new OpenAI({
  baseURL: {{ api.base_url }},
  apiKey: process.env[{{ key.environment_variable }}],
});
const stream = await client.chat.completions.create({
  model: {{ model.id }},
  messages: [{ role: "user", content: "Count from one to five." }],
  stream: true,
});
for await (const piece of stream) {
  process.stdout.write(piece.choices[0]?.delta?.content ?? "");
}
process.stdout.write("\n");
