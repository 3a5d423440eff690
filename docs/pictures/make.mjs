// Fills a running app with a collection and makes the pictures of the README from its page.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { drawings } from './collection.mjs';
import { photographs } from './photographs.mjs';
import { umbrella } from './umbrella.mjs';

const base = process.argv[2] ?? 'http://127.0.0.1:7071';
const docs = new URL('../', import.meta.url).pathname;
const wanted = 700;
const atOnce = 6;

if (!process.argv.includes('--filled')) await fill();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(), args: ['--no-sandbox'] });
await still('search.png', '/ui?text=heart', (page) => page.locator('.tile .score').first().waitFor());
await still('review.png', '/ui/review', (page) => page.locator('.member').first().waitFor());
await sketch('sketch.gif');
await browser.close();

async function fill() {
  const photos = [];
  for await (const photo of photographs()) photos.push(photo);
  await upload(photos.filter(({ original }) => original), 'photos/');
  await upload(photos.filter(({ original }) => !original), 'photos/');
  const pictures = [];
  for await (const { name, png } of drawings(wanted)) pictures.push({ name: `${name}.png`, bytes: png });
  await upload(pictures, 'drawings/');
}

/** Uploads files and waits for their verdicts. */
async function upload(files, folder) {
  const todo = [...files];
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let file = todo.shift(); file; file = todo.shift()) {
      const response = await fetch(`${base}/api/images?path=${encodeURIComponent(folder + file.name)}&overwrite=true`, { method: 'POST', body: file.bytes });
      if (response.status !== 202) throw new Error(`${file.name}: ${response.status} ${await response.text()}`);
    }
  }));
  for (let from = 0; from < files.length; from += 100) {
    const paths = files.slice(from, from + 100).map(({ name }) => `images/${folder}${name}`);
    for (;;) {
      const response = await fetch(`${base}/api/images/lookup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ paths }) });
      const { images } = await response.json();
      if (images.every(({ image }) => image)) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function open(address, viewport) {
  const page = await browser.newPage({ viewport });
  await page.goto(base + address);
  return page;
}

async function still(name, address, ready) {
  const page = await open(address, { width: 1280, height: 840 });
  await ready(page);
  await loaded(page);
  await writeFile(docs + name, await sharp(await page.screenshot()).png({ palette: true, colours: 192, effort: 10, dither: 0.6 }).toBuffer());
  await page.close();
}

/** Waits for the pictures that are in sight. */
function loaded(page) {
  return page.evaluate(() => Promise.all([...document.querySelectorAll('main img')]
  .filter((image) => { const { top, bottom } = image.getBoundingClientRect(); return bottom > 0 && top < innerHeight; })
  .map((image) => image.complete || new Promise((resolve) => { image.onload = image.onerror = resolve; }))));
}

/** A frame every few points of the drawing, and after each stroke one with its results. */
async function sketch(name) {
  const page = await open('/ui', { width: 1280, height: 840 });
  const frames = [];
  const take = async (milliseconds) => frames.push({ png: await sharp(await page.screenshot()).resize(960).png().toBuffer(), milliseconds });
  await page.getByRole('button', { name: 'Sketch' }).click();
  await loaded(page);
  await take(900);
  for (const { colour, width, points } of umbrella) {
    await page.getByTitle(colour, { exact: true }).click();
    await page.getByLabel('Width').fill(String(width));
    const canvas = await page.getByLabel('Sketch', { exact: true }).boundingBox();
    const at = ([x, y]) => [canvas.x + (x * canvas.width) / 256, canvas.y + (y * canvas.height) / 256];
    await page.mouse.move(...at(points[0]));
    await page.mouse.down();
    for (let point = 1; point < points.length; point++) {
      await page.mouse.move(...at(points[point]));
      if (point % 7 === 0) await take(110);
    }
    const found = page.waitForResponse('**/api/search');
    await page.mouse.up();
    await found;
    await page.locator('.results:not([aria-busy]) .tile .score').first().waitFor();
    await loaded(page);
    await take(1100);
  }
  frames.at(-1).milliseconds = 3500;
  const gif = await sharp(frames.map(({ png }) => png), { join: { animated: true } })
    .gif({ delay: frames.map(({ milliseconds }) => milliseconds), loop: 0, colours: 160, dither: 0.3, effort: 10, interFrameMaxError: 4 }).toBuffer();
  await writeFile(docs + name, gif);
  await page.close();
}
