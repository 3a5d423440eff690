import { contentUrl, hasKey } from '../api.js';
import { h } from '../dom.js';
import { nameOf, share } from '../format.js';
import { picture } from '../picture.js';
import { t } from '../texts.js';
import { outlines } from './differences.js';

const blinkEvery = 700;
const mostZoom = 32;
const step = 1.25;
const shown = new Set(['jpeg', 'png', 'gif', 'webp', 'bmp', 'avif']);

export const kinds = ['beside', 'slide', 'blink', 'difference'];

/** Whether there is nothing to compare with. */
export const isGone = (image) => ['removed', 'processing', 'setAside'].includes(image.status);

/** Two pictures of one size: side by side or overlaid, zoomed and moved together. */
export function stageOf(kept, member, leaving) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const differences = member.evidence?.differences ?? [];
  const below = pane(isGone(kept) ? null : kept, t('compare.kept'), 'B', differences);
  const above = pane(member, t('compare.duplicate'), 'A', differences);
  below.figure.classList.add('below');
  above.figure.classList.add('above');
  const element = h(
    'div',
    { class: 'stage beside', tabindex: 0, role: 'group', 'aria-label': t('compare.stage') },
    below.figure,
    above.figure,
  );
  const slider = h('input', {
    type: 'range',
    min: 0,
    max: 100,
    value: 50,
    'aria-label': t('compare.slider'),
    oninput: () => element.style.setProperty('--at', `${slider.value}%`),
  });
  const flip = h('button', { type: 'button', onclick: () => element.classList.toggle('flipped') }, t('compare.flip'));
  const pause = h('button', { type: 'button', onclick: () => (timer ? stop() : blink()) }, t('compare.start'));
  const level = h('output', { class: 'number' });
  const zoomTools = h(
    'div',
    { class: 'zoom-tools' },
    h('button', { type: 'button', 'aria-label': t('compare.smaller'), onclick: () => zoomBy(1 / step) }, '−'),
    level,
    h('button', { type: 'button', 'aria-label': t('compare.larger'), onclick: () => zoomBy(step) }, '+'),
    h('button', { type: 'button', class: 'quiet', onclick: fit }, t('compare.fit')),
    h('button', { type: 'button', class: 'quiet', onclick: oneToOne }, '1:1'),
  );
  const view = { zoom: 1, x: 0, y: 0 };
  let timer;
  const resized = new ResizeObserver(apply);
  resized.observe(element);
  leaving.addEventListener('abort', () => resized.disconnect());
  listen();
  return {
    element,
    zoomTools,
    count: differences.length,
    show,
    stop,
    tools: (kind) =>
      kind === 'slide'
        ? [h('span', {}, t('compare.kept')), slider, h('span', {}, t('compare.duplicate'))]
        : kind === 'blink'
          ? [flip, pause]
          : [],
  };

  function show(kind) {
    stop();
    element.classList.remove(...kinds, 'flipped');
    element.classList.add(kind);
    element.style.setProperty('--at', `${slider.value}%`);
    if (kind === 'blink' && !calm) blink();
    apply();
  }

  function blink() {
    timer = setInterval(() => element.classList.toggle('flipped'), blinkEvery);
    pause.textContent = t('compare.stop');
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    pause.textContent = t('compare.start');
  }

  function listen() {
    const held = new Map();
    element.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        zoomBy(event.deltaY < 0 ? step : 1 / step, event);
      },
      { passive: false, signal: leaving },
    );
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0) return;
        held.set(event.pointerId, { x: event.clientX, y: event.clientY, figure: event.target.closest('figure') });
        element.setPointerCapture(event.pointerId);
      },
      { signal: leaving },
    );
    element.addEventListener(
      'pointermove',
      (event) => {
        const last = held.get(event.pointerId);
        if (!last) return;
        const before = spread([...held.values()]);
        Object.assign(last, { x: event.clientX, y: event.clientY });
        const after = spread([...held.values()]);
        // Two fingers zoom at what is between them, and move it.
        if (held.size === 2 && before.size > 0)
          zoomBy(after.size / before.size, { clientX: before.x, clientY: before.y, target: last.figure });
        if (view.zoom > 1) moveBy(after.x - before.x, after.y - before.y);
      },
      { signal: leaving },
    );
    for (const end of ['pointerup', 'pointercancel'])
      element.addEventListener(end, (event) => held.delete(event.pointerId), { signal: leaving });
    element.addEventListener(
      'keydown',
      (event) => {
        const act = {
          '+': () => zoomBy(step),
          '=': () => zoomBy(step),
          '-': () => zoomBy(1 / step),
          0: fit,
          1: oneToOne,
          ArrowLeft: () => moveBy(60, 0),
          ArrowRight: () => moveBy(-60, 0),
          ArrowUp: () => moveBy(0, 60),
          ArrowDown: () => moveBy(0, -60),
        }[event.key];
        if (!act || (event.key.startsWith('Arrow') && view.zoom <= 1)) return;
        event.preventDefault();
        event.stopPropagation();
        act();
      },
      { signal: leaving },
    );
  }

  /** Keeps the point under the pointer, or the middle, where it is. */
  function zoomBy(factor, at) {
    const before = view.zoom;
    view.zoom = Math.min(mostZoom, Math.max(Math.min(1, 1 / scale()), view.zoom * factor));
    const box = (at?.target?.closest('figure') ?? above.figure).getBoundingClientRect();
    const [dx, dy] = at ? [at.clientX - box.x - box.width / 2, at.clientY - box.y - box.height / 2] : [0, 0];
    view.x = dx - ((dx - view.x) * view.zoom) / before;
    view.y = dy - ((dy - view.y) * view.zoom) / before;
    moveBy(0, 0);
    if (view.zoom > 1) for (const { sharpen } of [below, above]) sharpen();
  }

  function moveBy(x, y) {
    const box = above.figure.getBoundingClientRect();
    const spare = Math.max(0, view.zoom - 1) / 2;
    const [mostX, mostY] = [box.width * spare, box.height * spare];
    view.x = Math.min(mostX, Math.max(-mostX, view.x + x));
    view.y = Math.min(mostY, Math.max(-mostY, view.y + y));
    apply();
  }

  function fit() {
    Object.assign(view, { zoom: 1, x: 0, y: 0 });
    apply();
  }

  /** One point of the duplicate is one pixel of the screen. */
  function oneToOne() {
    zoomBy(1 / (scale() * view.zoom));
  }

  /** Screen pixels for a point of the duplicate without zoom. */
  function scale() {
    const box = above.figure.getBoundingClientRect();
    return member.width ? Math.min(box.width / member.width, box.height / member.height) : 1;
  }

  function apply() {
    element.style.setProperty('--zoom', view.zoom);
    element.style.setProperty('--x', `${view.x}px`);
    element.style.setProperty('--y', `${view.y}px`);
    element.classList.toggle('zoomed', view.zoom > 1);
    level.value = member.width ? share(scale() * view.zoom) : share(view.zoom);
  }
}

/** The middle of some points, and how far they are from each other. */
function spread(points) {
  const [first, last] = [points[0], points.at(-1)];
  return { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, size: Math.hypot(first.x - last.x, first.y - last.y) };
}

function pane(image, name, side, differences) {
  if (!image) {
    return { figure: h('figure', {}, h('div', { class: 'absent' }, t('compare.gone'))), sharpen: () => {} };
  }
  const thumbnail = picture(image, 1280, { alt: t('compare.picture', { which: name, name: nameOf(image.path) }), eager: true });
  const moving = h('div', { class: 'moving' }, thumbnail, differences.length > 0 && image.width > 0 && outlines(image, differences, side));
  let isSharp = hasKey() || !shown.has(image.format?.toLowerCase());
  return { figure: h('figure', {}, moving), sharpen };

  /** The original takes the place of the thumbnail once it is there. */
  function sharpen() {
    if (isSharp) return;
    isSharp = true;
    const original = h('img', { alt: thumbnail.alt, decoding: 'async', src: contentUrl(image) });
    original.addEventListener('load', () => thumbnail.replaceWith(original), { once: true });
  }
}
