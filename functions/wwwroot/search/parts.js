import { h, icon } from '../dom.js';
import { picture } from '../picture.js';
import { t } from '../texts.js';
import { isValue, paint, wordOf } from './facets.js';
import { flags, listOf, rows } from './narrowing.js';
import { chooseRegion, cropped } from './region.js';
import { partOf } from './state.js';
import { draw } from './strokes.js';

const said = ['not', 'prefix', 'after', 'before', 'minWidth', 'minHeight', 'takenAfter', 'takenBefore', 'camera', 'keywords', 'tags'];

/** The parts of the query besides its words, each with a button to remove it. */
export function parts(state, change) {
  const list = [];
  if (state.picture) list.push(given(state.picture));
  if (state.sketch?.length) list.push(chip(t('part.sketch'), { sketch: null }, small(state.sketch), 'chip sketched'));
  if (state.id) list.push(exemplar('id', { id: '' }, (size = 320) => picture({ id: state.id }, size, { eager: true })));
  for (const name of said) if (state[name]) list.push(chip(t(`part.${name}`, { value: state[name] }), { [name]: '' }));
  if (state.format) list.push(chip(state.format.toUpperCase(), { format: '' }));
  if (state.minRating)
    list.push(chip(t('part.minRating', { value: '★'.repeat(Math.min(5, Number(state.minRating) || 0)) }), { minRating: '' }));
  if (state.mode === 'words' || state.mode === 'vector') list.push(chip(t(`part.${state.mode}`), { mode: '' }));
  for (const { name, isColour } of rows) {
    for (const value of listOf(state[name])) {
      const others = listOf(state[name])
        .filter((other) => other !== value)
        .join(',');
      list.push(chip(labelOf(name, value), { [name]: others }, isColour && paint(value)));
    }
  }
  for (const name of flags) {
    const label = t(`narrow.${name}`);
    if (state[name]) list.push(chip(state[name] === 'true' ? label : t('part.without', { value: label }), { [name]: '' }));
  }
  return list;

  /** A stored picture to look like, or a part of it; which part can be chosen. */
  function exemplar(name, without, make) {
    const image = state.region ? cropped(make(), state.region) : make();
    const choose = () => chooseRegion(make(1280), (region) => change({ region }), state.region);
    return ofPicture(state.region ? 'region.part' : `part.${name}`, without, choose, image);
  }

  /** The same for a picture that was given. A part is cut out here, as a picture of its own. */
  function given(shown) {
    const { blob, original, whole } = shown;
    const choose = () =>
      chooseRegion(
        preview(whole?.file ?? original ?? blob),
        async (region) => {
          const part = await partOf(shown, region).catch(() => null);
          change(part ? { picture: part, region: '' } : { region });
        },
        whole?.region ?? state.region,
      );
    const image = state.region ? cropped(preview(blob), state.region) : preview(blob);
    return ofPicture(whole || state.region ? 'region.part' : 'part.picture', { picture: null }, choose, image);
  }

  function ofPicture(label, without, choose, image) {
    return chip(
      t(label),
      { ...without, region: '' },
      h('button', { type: 'button', class: 'part', 'aria-label': t('region.ofThis'), onclick: choose }, image),
    );
  }

  function chip(label, without, image, look = 'chip') {
    return h(
      'span',
      { class: look },
      image,
      h('span', {}, label),
      h('button', { type: 'button', 'aria-label': t('part.remove', { label }), onclick: () => change(without) }, icon('close')),
    );
  }
}

function labelOf(name, value) {
  if (name === 'color') return isValue(value) ? t('part.like', { value }) : wordOf(name, value);
  return t('part.named', { label: t(`narrow.${name}`), value: wordOf(name, value) });
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
