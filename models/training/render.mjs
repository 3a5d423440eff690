// Draws the SVGs of records.jsonl as square RGBA frames of SIZE pixels into one file: `render.mjs WORK SIZE`.
// resvg aborts the whole process on a few drawings, so the parent restarts a child that skips the culprit.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'

const [work, side, role] = process.argv.slice(2)
const frames = path.join(work, 'frames.rgba')
const at = path.join(work, 'frames.at')
const skipped = path.join(work, 'frames.skip')
const size = Number(side)

if (role !== 'child') {
  if (!fs.existsSync(frames)) fs.writeFileSync(frames, '')
  for (;;) {
    const run = spawnSync(process.execPath, [process.argv[1], work, side, 'child'], { stdio: 'inherit' })
    if (run.status === 0) break
    const culprit = fs.readFileSync(at, 'utf8')
    console.log('skipping record', culprit)
    fs.appendFileSync(skipped, culprit + '\n')
    fs.writeFileSync(at, String(Number(culprit) + 1))
  }
} else {
  const require = createRequire(path.join(path.resolve(work), 'npm', 'package.json'))
  const { Resvg } = require('@resvg/resvg-js')
  const start = fs.existsSync(at) ? Number(fs.readFileSync(at, 'utf8')) : 0
  const skip = new Set(fs.existsSync(skipped) ? fs.readFileSync(skipped, 'utf8').split('\n').map(Number) : [])
  const out = fs.openSync(frames, 'r+')
  const lines = readline.createInterface({ input: fs.createReadStream(path.join(work, 'records.jsonl')) })
  for await (const line of lines) {
    const record = JSON.parse(line)
    if (record.id < start || !record.svg || skip.has(record.id)) continue
    fs.writeFileSync(at, String(record.id))
    while (process.env.PAUSE_FILE && fs.existsSync(process.env.PAUSE_FILE))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000)
    try {
      const svg = record.svg.replaceAll('currentColor', '#000')
      const box = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg)
      const wide = Number(box[1]) >= Number(box[2])
      const image = new Resvg(svg, { fitTo: { mode: wide ? 'width' : 'height', value: size }, font: { loadSystemFonts: false } }).render()
      const frame = Buffer.alloc(size * size * 4)
      const left = (size - image.width) >> 1, top = (size - image.height) >> 1
      const pixels = image.pixels
      for (let y = 0; y < image.height && y < size; y++)
        pixels.copy(frame, ((y + top) * size + left) * 4, y * image.width * 4, y * image.width * 4 + Math.min(image.width, size) * 4)
      fs.writeSync(out, frame, 0, frame.length, record.id * frame.length)
    } catch (error) {
      console.log(record.set, record.name, String(error).slice(0, 80))
    }
  }
  fs.closeSync(out)
}
