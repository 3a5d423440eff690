import { contentUrl, hasKey, send } from './api.js';
import { h } from './dom.js';

const watched = new WeakMap();
const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    watched.get(target)?.();
  }
}, { rootMargin: '400px' });

/** A thumbnail, loaded as it approaches the viewport. An <img> cannot send a key: if one is needed, the bytes are fetched. */
export function picture(image, size, { alt = '', eager = false } = {}) {
  const element = h('img', { alt, decoding: 'async', loading: eager ? 'eager' : 'lazy' });
  element.addEventListener('error', () => element.classList.add('missing'));
  if (!hasKey()) {
    element.src = contentUrl(image, size);
    return element;
  }
  const load = () => fetched(image, size).then((url) => {
    element.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
    element.src = url;
  }, () => element.classList.add('missing'));
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
