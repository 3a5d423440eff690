import { contentUrl, hasKey, send } from './api.js';
import { h } from './dom.js';

const watched = new WeakMap();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      watched.get(target)?.();
    }
  },
  { rootMargin: '400px' },
);

/** A thumbnail, loaded as it approaches the viewport. An <img> cannot send a key: if one is needed, the bytes are fetched. */
export function picture(image, size, { alt = '', eager = false } = {}) {
  const element = h('img', { alt, decoding: 'async', loading: eager ? 'eager' : 'lazy' });
  element.addEventListener(
    'load',
    () => {
      element.classList.add('loaded');
      const ground = groundOf(element);
      if (ground) element.classList.add(ground);
    },
    { once: true },
  );
  element.addEventListener('error', () => element.classList.add('missing'));
  if (!hasKey()) {
    element.src = contentUrl(image, size);
    return element;
  }
  const load = () =>
    fetched(image, size).then(
      (url) => {
        element.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
        element.src = url;
      },
      () => element.classList.add('missing'),
    );
  if (eager) load();
  else {
    watched.set(element, load);
    watcher.observe(element);
  }
  return element;
}

/** Opens the original in a new tab. */
export async function openOriginal(image) {
  window.open(hasKey() ? await fetched(image) : contentUrl(image), '_blank', 'noopener');
}

async function fetched(image, size) {
  const response = await send(contentUrl(image, size));
  return URL.createObjectURL(await response.blob());
}

const side = 48;
const probe = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
probe.imageSmoothingQuality = 'high';

/** The ground on which a see-through picture can be seen; null for an opaque one. */
function groundOf(element) {
  probe.clearRect(0, 0, side, side);
  probe.drawImage(element, 0, 0, side, side);
  const { data } = probe.getImageData(0, 0, side, side);
  let [visible, dark, light] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] / 255;
    const luma = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    visible += alpha;
    if (luma < 110) dark += alpha;
    if (luma > 200) light += alpha;
  }
  if (visible > 0.98 * (data.length / 4)) return null;
  if (light > 0.1 * visible && dark > 0.1 * visible) return 'on-checks';
  return light > dark ? 'on-black' : 'on-white';
}
