// node bench.mjs MODEL_FOLDER PHOTO_FOLDER DTYPE THREADS BATCH: embeds all photos once for each line on standard input.
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { AutoProcessor, CLIPVisionModelWithProjection, RawImage, env } from '@huggingface/transformers';

const [folder, photos, dtype, threads, batch] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = path.dirname(folder) + path.sep;
const name = path.basename(folder);
const session_options = { intraOpNumThreads: Number(threads), interOpNumThreads: 1 };
const processor = await AutoProcessor.from_pretrained(name);
const model = await CLIPVisionModelWithProjection.from_pretrained(name, { dtype, session_options });
const files = readdirSync(photos).sort().map(file => path.join(photos, file));

async function pass() {
  for (let i = 0; i < files.length; i += Number(batch)) {
    const images = [];
    for (const file of files.slice(i, i + Number(batch))) images.push(await RawImage.read(file));
    await model(await processor(images));
  }
}

console.log(JSON.stringify({ ready: true }));
for await (const _ of createInterface({ input: process.stdin })) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await pass();
  const used = process.cpuUsage(cpu);
  console.log(JSON.stringify({ wallMs: performance.now() - start, cpuMs: (used.user + used.system) / 1000 }));
}
