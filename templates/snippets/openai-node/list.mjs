import OpenAI from "openai";

const client = new OpenAI({
  baseURL: {{ api.base_url }},
  apiKey: process.env[{{ key.environment_variable }}],
});
for await (const model of client.models.list()) {
  console.log(model.id);
}
