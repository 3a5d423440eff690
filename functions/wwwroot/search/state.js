import { names } from './narrowing.js';
import { decodeStrokes, encodeStrokes } from './strokes.js';

// The whole query is in the URL, so that it can be shared: words and filters in the query string, a picture or sketch in the fragment, which browsers do not send to the server.

const texts = [
  'text',
  'not',
  'id',
  'region',
  'prefix',
  'format',
  'after',
  'before',
  'minWidth',
  'minHeight',
  'tags',
  'mode',
  'takenAfter',
  'takenBefore',
  'camera',
  'minRating',
  'keywords',
  ...names,
];
const weights = { wtext: ['text', 1], wimage: ['image', 1], wid: ['id', 1], wnot: ['not', 0.5] };
const mostPicture = 24_000;

// By what the URL says of them: pictures that do not fit in it, and what those that do were made of. Only this tab has them.
const held = new Map();

export const emptyState = () => ({ weights: { text: 1, image: 1, id: 1, not: 0.5 }, picture: null, sketch: null });

export function readState() {
  const parameters = new URLSearchParams(location.search);
  const state = emptyState();
  for (const name of texts) state[name] = parameters.get(name) ?? '';
  for (const [name, [part, standard]] of Object.entries(weights)) state.weights[part] = clamp(parameters.get(name), standard);
  const [kind, value] = location.hash.slice(1).split('=');
  if (kind === 'sketch') state.sketch = decodeStrokes(value);
  if (kind === 'picture') state.picture = held.get(value) ?? decodePicture(value);
  return state;
}

/** The URL of a query; `open` is the image shown in detail. */
export function address(state, open) {
  const parameters = new URLSearchParams();
  for (const name of texts) if (state[name]) parameters.set(name, state[name]);
  for (const [name, [part, standard]] of Object.entries(weights))
    if (state.weights[part] !== standard) parameters.set(name, state.weights[part]);
  if (open) parameters.set('image', open);
  const query = parameters.toString();
  const fragment = state.sketch?.length
    ? `#sketch=${encodeStrokes(state.sketch)}`
    : state.picture
      ? `#picture=${state.picture.encoded}`
      : '';
  return `/ui${query ? `?${query}` : ''}${fragment}`;
}

export const opened = () => new URLSearchParams(location.search).get('image');
// A colour by value is something to look for; one by name only filters.
export const asks = (state) => Boolean(state.text || state.id || state.picture || state.sketch?.length || state.color?.includes('#'));
export const filters = (state) => ({
  prefix: state.prefix,
  format: state.format,
  tags: state.tags,
  minWidth: state.minWidth,
  minHeight: state.minHeight,
  takenAfter: state.takenAfter && `${state.takenAfter}T00:00:00Z`,
  takenBefore: state.takenBefore && `${state.takenBefore}T00:00:00Z`,
  camera: state.camera,
  minRating: state.minRating,
  keywords: state.keywords,
  ...Object.fromEntries(names.map((name) => [name, state[name]])),
  uploadedAfter: state.after && `${state.after}T00:00:00Z`,
  uploadedBefore: state.before && `${state.before}T00:00:00Z`,
});

/** A picture query: shrunk to fit in the URL if the browser can read it, otherwise unchanged and for this tab only. */
export async function pictureOf(file) {
  const picture = (await encoded(file)) ?? { blob: file, encoded: `here-${held.size}`, isHeld: true };
  held.set(picture.encoded, { ...picture, original: file });
  return picture;
}

/** A part of a picture, cut out of the file that was chosen: what the URL has is too coarse for that. `region` is of the whole. */
export async function partOf({ whole, original, blob }, region) {
  const file = whole?.file ?? original ?? blob;
  const bitmap = await createImageBitmap(file);
  const [x, y, width, height] = region.split(',').map(Number);
  const box = [x * bitmap.width, y * bitmap.height, width * bitmap.width, height * bitmap.height].map(Math.round);
  const part = await encoded(await createImageBitmap(bitmap, box[0], box[1], Math.max(1, box[2]), Math.max(1, box[3])));
  if (part) held.set(part.encoded, { ...part, whole: { file, region } });
  return part;
}

/** As large as the URL can hold it; null if the browser cannot read it: the app may know its format. */
async function encoded(source) {
  try {
    const bitmap = await createImageBitmap(source);
    for (const [side, quality] of [
      [256, 0.85],
      [256, 0.6],
      [224, 0.5],
      [160, 0.5],
    ]) {
      const blob = await shrunk(bitmap, side, quality);
      const text = toText(new Uint8Array(await blob.arrayBuffer()));
      if (text.length <= mostPicture) return { blob, encoded: text };
    }
  } catch {
    // Said by the result.
  }
  return null;
}

/** The shorter side, enough for any model. */
function shrunk(bitmap, side, quality) {
  const scale = Math.min(1, side / Math.min(bitmap.width, bitmap.height), (2 * side) / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/webp', quality });
}

function decodePicture(text) {
  if (text.startsWith('here-')) return null;
  try {
    return { blob: new Blob([fromText(text)], { type: 'image/webp' }), encoded: text };
  } catch {
    return null;
  }
}

export const toText = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
export const fromText = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

function clamp(text, standard) {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? Math.min(2, Math.max(0, value)) : standard;
}
