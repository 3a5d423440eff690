// Runs an ONNX file over float32 or int64 chunks from stdin: `node ort.mjs WORK MODEL OUTPUT,OUTPUT`.
// A chunk is a JSON line {name: {type, dims}} followed by the raw values; the reply is the outputs' raw floats.
import { createRequire } from 'node:module'
import path from 'node:path'
import fs from 'node:fs'

const [work, model, outputs] = process.argv.slice(2)
const require = createRequire(path.join(path.resolve(work), 'npm', 'package.json'))
const { InferenceSession, Tensor } = require('onnxruntime-node')
const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 })

const take = length => {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length;) {
    const got = fs.readSync(0, bytes, at, length - at, null)
    if (got === 0) process.exit(at === 0 ? 0 : 1)
    at += got
  }
  return bytes
}

for (;;) {
  const head = JSON.parse(take(take(4).readUInt32LE()).toString())
  const feeds = {}
  for (const [name, { type, dims }] of Object.entries(head.inputs)) {
    const count = dims.reduce((a, b) => a * b, 1)
    const raw = take(count * (type === 'int64' ? 8 : 4))
    const aligned = raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength)
    feeds[name] = new Tensor(type, type === 'int64' ? new BigInt64Array(aligned) : new Float32Array(aligned), dims)
  }
  const started = process.hrtime.bigint()
  const result = await session.run(feeds)
  const took = Number(process.hrtime.bigint() - started) / 1e6
  const tensors = outputs.split(',').map(name => result[name])
  const meta = Buffer.from(JSON.stringify({ took, dims: tensors.map(t => t.dims) }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  for (const part of [length, meta, ...tensors.map(t => Buffer.from(t.data.buffer, t.data.byteOffset, t.data.byteLength))])
    for (let at = 0; at < part.length;) at += fs.writeSync(1, part, at)
}
