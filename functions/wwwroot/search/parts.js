import { h, icon } from '../dom.js';
import { picture } from '../picture.js';
import { isValue, paint, wordOf } from './facets.js';
import { flags, listOf, rows } from './narrowing.js';
import { draw } from './strokes.js';

const modes = { words: 'by words only', vector: 'by looks only' };

/** The parts of the query besides its words, each with a button to remove it. */
export function parts(state, change) {
  const list = [];
  if (state.picture) list.push(chip('this picture', { picture: null }, preview(state.picture.blob)));
  if (state.sketch?.length) list.push(chip('this sketch', { sketch: null }, small(state.sketch), 'chip sketched'));
  if (state.id) list.push(chip('like this image', { id: '' }, picture({ id: state.id }, 64, { eager: true })));
  if (state.not) list.push(chip(`not: ${state.not}`, { not: '' }));
  if (state.prefix) list.push(chip(`in ${state.prefix}`, { prefix: '' }));
  if (state.format) list.push(chip(state.format.toUpperCase(), { format: '' }));
  if (state.after) list.push(chip(`from ${state.after}`, { after: '' }));
  if (state.before) list.push(chip(`before ${state.before}`, { before: '' }));
  if (state.minWidth) list.push(chip(`at least ${state.minWidth} wide`, { minWidth: '' }));
  if (state.minHeight) list.push(chip(`at least ${state.minHeight} high`, { minHeight: '' }));
  if (state.takenAfter) list.push(chip(`taken from ${state.takenAfter}`, { takenAfter: '' }));
  if (state.takenBefore) list.push(chip(`taken before ${state.takenBefore}`, { takenBefore: '' }));
  if (state.camera) list.push(chip(`by a ${state.camera}`, { camera: '' }));
  if (state.minRating) list.push(chip(`at least ${'★'.repeat(Math.min(5, Number(state.minRating) || 0))}`, { minRating: '' }));
  if (state.keywords) list.push(chip(`keyword ${state.keywords}`, { keywords: '' }));
  if (modes[state.mode]) list.push(chip(modes[state.mode], { mode: '' }));
  if (state.tags) list.push(chip(`tagged ${state.tags}`, { tags: '' }));
  for (const { name, label, isColour } of rows) {
    for (const value of listOf(state[name])) {
      const others = listOf(state[name]).filter((other) => other !== value).join(',');
      const said = name === 'color' ? (isValue(value) ? `like ${value}` : value) : `${label.toLowerCase()}: ${wordOf(value)}`;
      list.push(chip(said, { [name]: others }, isColour && paint(value)));
    }
  }
  for (const { name, label } of flags) if (state[name]) list.push(chip(state[name] === 'true' ? label : `not ${label}`, { [name]: '' }));
  return list;

  function chip(label, without, image, look = 'chip') {
    return h('span', { class: look }, image, h('span', {}, label),
      h('button', { type: 'button', 'aria-label': `Remove “${label}”`, onclick: () => change(without) }, icon('close')));
  }
}

function preview(blob) {
  const url = URL.createObjectURL(blob);
  const image = h('img', { alt: '' });
  image.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
  image.addEventListener('error', () => image.remove(), { once: true });
  image.src = url;
  return image;
}

function small(strokes) {
  const canvas = h('canvas', { width: 64, height: 64, 'aria-hidden': 'true' });
  draw(canvas, strokes);
  return canvas;
}
