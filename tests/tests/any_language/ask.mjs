// Asks all questions of a file, some at once, and prints the answers in the order of the questions.

import { readFileSync } from "node:fs";
import { Decoder } from "./decoder.mjs";

const [atOnce, limit] = process.argv.slice(2).map(Number);
const questions = readFileSync("questions.jsonl", "utf8").trim().split("\n").map((line) => JSON.parse(line));
const decoder = new Decoder(1000 * limit);
const answers = [];
let next = 0;

async function askInTurn() {
  while (next < questions.length) {
    const number = next++;
    const { body_b64, ...question } = questions[number];
    answers[number] = await decoder.decode({ ...question, body: Buffer.from(body_b64, "base64") });
  }
}

await Promise.all(Array.from({ length: atOnce }, askInTurn));
for (const answer of answers) console.log(JSON.stringify(answer));
decoder.close();
