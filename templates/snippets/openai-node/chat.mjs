import OpenAI from "openai";

const client = new OpenAI({
  baseURL: {{ api.base_url }},
  apiKey: process.env[{{ key.environment_variable }}],
});
const answer = await client.chat.completions.create({
  model: {{ model.id }},
  messages: [{ role: "user", content: "Reply with exactly: pong" }],
});
console.log(answer.choices[0].message.content);
