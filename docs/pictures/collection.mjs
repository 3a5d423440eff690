// A collection of drawings to look at: the Noto emoji (Apache-2.0), which the bundled model was not trained on.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

const side = 320;
const papers = ['#ffffff', '#fdf6ec', '#eef4f8', '#f3f0fa', '#eef6ee', '#fbeeee'];
const left_out = /^(flag|regional|keycap|input|clock|cl-button|package$|\d)|-(skin-tone|button|square)|skin-tone|-facing-right|oclock|-thirty/;

export async function* drawings(most) {
  const file = createRequire(import.meta.url).resolve('@iconify-json/noto/icons.json');
  const { icons, width: standardWidth = 128, height: standardHeight = 128 } = JSON.parse(await readFile(file, 'utf8'));
  const names = Object.keys(icons).filter((name) => !left_out.test(name)).sort();
  const step = Math.max(1, names.length / most);
  for (let at = 0; at < names.length; at += step) {
    const name = names[Math.floor(at)];
    const { body, width = standardWidth, height = standardHeight } = icons[name];
    const margin = width * 0.18;
    const paper = papers[Math.floor(at) % papers.length];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}">`
      + `<rect x="${-margin}" y="${-margin}" width="100%" height="100%" fill="${paper}"/>${body}</svg>`;
    yield { name, png: new Resvg(svg, { fitTo: { mode: 'width', value: side } }).render().asPng() };
  }
}
