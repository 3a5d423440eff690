// Answers one JSON request a line on standard input with one JSON reply a line on standard output.
import { createInterface } from 'node:readline';
import path from 'node:path';
import { AutoTokenizer, env } from '@huggingface/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';

env.allowRemoteModels = false;
const tokenizers = new Map();
const sessions = new Map();
const arrays = { float32: Float32Array, int64: BigInt64Array };

async function tokenize({ folder, texts }) {
  if (!tokenizers.has(folder)) {
    env.localModelPath = path.dirname(folder) + path.sep;
    tokenizers.set(folder, await AutoTokenizer.from_pretrained(path.basename(folder)));
  }
  const tokenizer = tokenizers.get(folder);
  return { ids: texts.map(text => Array.from(tokenizer(text).input_ids.data, Number)) };
}

async function run({ model, inputs, output }) {
  if (!sessions.has(model)) {
    sessions.set(model, await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 }));
  }
  const feeds = {};
  for (const [name, { type, dims, data }] of Object.entries(inputs)) {
    const bytes = Buffer.from(data, 'base64');
    feeds[name] = new Tensor(type, new arrays[type](bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)), dims);
  }
  const result = (await sessions.get(model).run(feeds, [output]))[output];
  return { dims: result.dims, data: Buffer.from(result.data.buffer, result.data.byteOffset, result.data.byteLength).toString('base64') };
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    const request = JSON.parse(line);
    reply = await (request.op === 'tokenize' ? tokenize(request) : run(request));
  } catch (error) {
    reply = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(reply) + '\n');
}
