import { h } from '../dom.js';
import { nameOf, similarity } from '../format.js';
import { picture } from '../picture.js';
import { t, word } from '../texts.js';
import { altOf } from './describing.js';
import { outline } from './place.js';

const batch = 60;

/** Justified rows of pictures. The style sheet does the layout; only the aspect ratio comes from here. */
export const grid = (images, link) => {
  const element = h('ul', { class: 'grid' });
  element.append(...images.map((image) => tile(image, link)));
  return element;
};

function tile(image, link) {
  const ratio = Math.min(2.6, Math.max(0.6, image.width / image.height || 1));
  const shown = picture(image, 320, { alt: altOf(image) });
  const frame = h('span', { class: 'frame' }, shown);
  if (image.region) outline(frame, shown, image.region);
  const anchor = h(
    'a',
    { href: link(image), class: 'tile', 'data-id': image.id, title: image.path },
    frame,
    h(
      'span',
      { class: 'caption' },
      h('span', { class: 'name' }, titleOf(image)),
      image.pages > 1 && image.page && h('span', { class: 'page' }, t('detail.page', { page: image.page })),
      why(image.matched),
      image.similarity !== undefined &&
        image.similarity !== null &&
        h('span', { class: 'score' }, bar(image.similarity), h('span', { class: 'number' }, similarity(image.similarity))),
    ),
  );
  const element = h(
    'li',
    {},
    anchor,
    h('input', {
      type: 'checkbox',
      class: 'pick',
      tabindex: -1,
      'data-id': image.id,
      'data-path': image.path,
      'aria-label': t('search.select', { name: nameOf(image.path) }),
    }),
  );
  element.style.setProperty('--ratio', ratio.toFixed(3));
  return element;
}

/** The name of the file, also of a page. */
export const titleOf = (image) => nameOf(image.sheet?.path ?? image.path);

/** Why an image was found. Without any text, it is because it looks right. */
export function why(matched) {
  const named = matched?.filter((reason) => reason !== 'vector') ?? [];
  if (named.length === 0) return null;
  return h(
    'span',
    { class: 'why' },
    matched.slice(0, 4).map((reason) => h('span', {}, word('matched', reason))),
  );
}

/** A cosine as a bar from 0 to 1. */
export function bar(cosine) {
  const element = h('span', { class: 'bar', 'aria-hidden': 'true' }, h('span', {}));
  element.firstChild.style.setProperty('inline-size', `${(Math.max(0, cosine) * 100).toFixed(1)}%`);
  return element;
}

/** Appends images to `place` when the reader nears its end. `next` returns the following ones, or none at the end. */
export function unroll(place, next, signal) {
  const end = h('div', { class: 'end' });
  place.append(end);
  let busy = false;
  const watcher = new IntersectionObserver(
    async ([{ isIntersecting }]) => {
      if (!isIntersecting || busy) return;
      busy = true;
      const more = await next(batch);
      busy = false;
      if (signal.aborted || !more) {
        watcher.disconnect();
        end.remove();
        return;
      }
      end.before(...more);
      watcher.unobserve(end);
      watcher.observe(end);
    },
    { rootMargin: '1200px' },
  );
  watcher.observe(end);
  signal.addEventListener('abort', () => watcher.disconnect());
}

/** Arrow keys move between pictures, up and down by visual position. */
export function moveByArrows(event, place) {
  const tiles = [...place.querySelectorAll('.tile')];
  const at = tiles.indexOf(document.activeElement);
  if (at < 0) return;
  const target =
    event.key === 'ArrowRight'
      ? tiles[at + 1]
      : event.key === 'ArrowLeft'
        ? tiles[at - 1]
        : event.key === 'ArrowDown'
          ? nearest(tiles, at, 1)
          : event.key === 'ArrowUp'
            ? nearest(tiles, at, -1)
            : null;
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
}

function nearest(tiles, at, direction) {
  const from = tiles[at].getBoundingClientRect();
  const centre = from.left + from.width / 2;
  let best = null;
  for (let index = at + direction; index >= 0 && index < tiles.length; index += direction) {
    const box = tiles[index].getBoundingClientRect();
    if (Math.abs(box.top - from.top) < 4) continue;
    if (best && Math.abs(box.top - best.top) > 4) break;
    const distance = Math.abs(box.left + box.width / 2 - centre);
    if (!best || distance < best.distance) best = { distance, top: box.top, tile: tiles[index] };
  }
  return best?.tile;
}
