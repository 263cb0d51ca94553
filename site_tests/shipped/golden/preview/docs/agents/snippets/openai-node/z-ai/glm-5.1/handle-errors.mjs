import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://llmbase.ai/api/v1/agents",
  apiKey: process.env["LLMBASE_CHAT_AGENT_KEY"],
  maxRetries: 2, // only after rate limits, server errors and lost connections; it waits as long as Retry-After says
});
try {
  const answer = await client.chat.completions.create({
    model: "z-ai/glm-5.1",
    messages: [{ role: "user", content: "Reply with exactly: pong" }],
  });
  console.log(answer.choices[0].message.content);
} catch (error) {
  if (!(error instanceof OpenAI.APIError)) throw error;
  const wait = error.headers?.get("retry-after");
  if (error.status === undefined) console.error(`no answer: ${error.message}`);
  else console.error(`${error.status} ${error.code}` + (wait ? `, try again in ${wait} s` : ""));
  process.exitCode = 1;
}
