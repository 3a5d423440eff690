// A scripted review by keyboard only, against a running stack: time from a key to the next image in focus and drawn.
// PLAYWRIGHT=<folder of the package> CHROMIUM=<browser> node bench/Review/pace.mjs http://127.0.0.1:7071 [decisions]
// It changes what it reviews.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { chromium } = require(process.env.PLAYWRIGHT ?? 'playwright');
const base = process.argv[2] ?? 'http://127.0.0.1:7071';
const wanted = Number(process.argv[3] ?? 100);
const keys = ['d', 'k', 'd', 's', 'd', 'r', 'd', 'k', 'd', 'd'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
await page.goto(`${base}/ui/review?sort=date`);
await page.locator('.member').first().waitFor();
await page.keyboard.press('j');
const times = {};
const began = Date.now();
let done = 0;
const here = () => page.evaluate(() => document.activeElement?.closest('.member')?.querySelector('.name')?.title);
for (; done < wanted; done++) {
  const before = await here();
  if (!before) break;
  const key = keys[done % keys.length];
  const start = performance.now();
  await page.keyboard.press(key);
  const moved = await page.waitForFunction((path) => {
    const dialog = document.querySelector('dialog[open] button.danger');
    if (dialog) dialog.click();
    const now = document.activeElement?.closest('.member:not(.leaving)')?.querySelector('.name')?.title;
    return now && now !== path;
  }, before, { polling: 'raf', timeout: 12_000 }).catch(() => null);
  if (!moved) { console.log(`stopped at ${before} after ${key}`); break; }
  (times[key] ??= []).push(performance.now() - start);
}
const all = Object.values(times).flat();
const at = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))];
for (const [name, list] of [['all', all], ...Object.entries(times)]) console.log(`${name}: ${list.length} decisions, median ${at(list, 0.5).toFixed(0)} ms, 95 % ${at(list, 0.95).toFixed(0)} ms, longest ${Math.max(...list).toFixed(0)} ms`);
console.log(`${done} decisions in ${((Date.now() - began) / 1000).toFixed(1)} s`);
await browser.close();
