import { h, icon } from '../dom.js';
import { share as shareOf } from '../format.js';
import { t } from '../texts.js';

const least = 5;
const dragged = 6;
const sides = ['x', 'y', 'width', 'height'];

/**
 * Lets a person choose a part of a picture: with mouse or finger on the picture, or with sliders. `chosen` gets it as x,y,width,height in
 * shares of the picture. The figure has the picture in it, and the controls go where the caller wants them.
 */
export function regionPicker(figure, image, chosen, current) {
  const box = h('div', { class: 'region-box', hidden: true });
  const sliders = Object.fromEntries(
    sides.map((side, at) => [
      side,
      h('input', { type: 'range', min: at < 2 ? 0 : least, max: at < 2 ? 100 - least : 100, step: 1, oninput: () => slide(side) }),
    ]),
  );
  const search = h('button', { class: 'primary' }, t('region.search'));
  const button = h(
    'button',
    { type: 'button', 'aria-expanded': 'false', onclick: () => (controls.hidden ? open() : close()) },
    t('region.open'),
  );
  const controls = h(
    'form',
    { class: 'region', hidden: true },
    h('p', { class: 'hint' }, t('region.hint')),
    sides.map((side) => h('label', {}, h('span', {}, t(`region.${side}`)), sliders[side])),
    h('div', { class: 'buttons' }, search, h('button', { type: 'button', class: 'quiet', onclick: close }, t('page.cancel'))),
  );
  let region = parsed(current) ?? { x: 25, y: 25, width: 50, height: 50 };
  figure.append(box);
  image.draggable = false;
  image.addEventListener('pointerdown', drag);
  controls.addEventListener('submit', (event) => {
    event.preventDefault();
    chosen(sides.map((side) => (region[side] / 100).toFixed(4)).join(','));
  });
  new ResizeObserver(show).observe(image);
  return { button, controls, open };

  function open(focus = sliders.x) {
    controls.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    figure.classList.add('choosing');
    show();
    focus?.focus({ preventScroll: true });
  }

  function close() {
    controls.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    figure.classList.remove('choosing');
    box.hidden = true;
    button.focus({ preventScroll: true });
  }

  function slide(side) {
    region[side] = Number(sliders[side].value);
    region.width = Math.min(region.width, 100 - region.x);
    region.height = Math.min(region.height, 100 - region.y);
    show();
  }

  function show() {
    for (const [side, slider] of Object.entries(sliders)) {
      slider.value = region[side];
      slider.setAttribute('aria-valuetext', shareOf(region[side] / 100));
    }
    box.hidden = controls.hidden || !image.isConnected;
    if (box.hidden) return;
    const place = shownAt(image);
    const outer = figure.getBoundingClientRect();
    box.style.setProperty('left', `${place.left - outer.left - figure.clientLeft + (region.x / 100) * place.width}px`);
    box.style.setProperty('top', `${place.top - outer.top - figure.clientTop + (region.y / 100) * place.height}px`);
    box.style.setProperty('width', `${(region.width / 100) * place.width}px`);
    box.style.setProperty('height', `${(region.height / 100) * place.height}px`);
  }

  /** With a finger only once choosing has begun: before, it scrolls. */
  function drag(start) {
    if (start.button !== 0 || (controls.hidden && start.pointerType !== 'mouse')) return;
    const from = at(start);
    const move = (event) => {
      if (event.pointerId !== start.pointerId || Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < dragged) return;
      const to = at(event);
      const [x, y] = [Math.min(from.x, to.x, 100 - least), Math.min(from.y, to.y, 100 - least)];
      region = { x, y, width: Math.max(least, Math.abs(to.x - from.x)), height: Math.max(least, Math.abs(to.y - from.y)) };
      if (controls.hidden) open(null);
      else show();
    };
    const end = () => {
      image.removeEventListener('pointermove', move);
      image.removeEventListener('pointerup', end);
      image.removeEventListener('pointercancel', end);
      if (!controls.hidden) search.focus({ preventScroll: true });
    };
    image.setPointerCapture(start.pointerId);
    image.addEventListener('pointermove', move);
    image.addEventListener('pointerup', end);
    image.addEventListener('pointercancel', end);
  }

  function at({ clientX, clientY }) {
    const place = shownAt(image);
    return { x: share(clientX - place.left, place.width), y: share(clientY - place.top, place.height) };
  }
}

/** The same in a dialog of its own. */
export function chooseRegion(image, chosen, current) {
  const figure = h('figure', {}, image);
  const picker = regionPicker(
    figure,
    image,
    (region) => {
      dialog.close();
      chosen(region);
    },
    current,
  );
  const dialog = h(
    'dialog',
    { class: 'detail', 'aria-label': t('region.title') },
    h('button', { type: 'button', class: 'close', 'aria-label': t('page.close'), onclick: () => dialog.close() }, icon('close')),
    h('div', { class: 'detail-body' }, figure, h('div', { class: 'facts' }, h('h2', {}, t('region.title')), picker.controls)),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  picker.controls.querySelector('.quiet').addEventListener('click', () => dialog.close());
  picker.open();
}

/** The part of a picture as a small picture of its own. */
export function cropped(image, region) {
  const canvas = h('canvas', { width: 64, height: 64, 'aria-hidden': 'true' });
  const [x, y, width, height] = region.split(',').map(Number);
  const draw = () =>
    canvas
      .getContext('2d')
      .drawImage(
        image,
        x * image.naturalWidth,
        y * image.naturalHeight,
        width * image.naturalWidth,
        height * image.naturalHeight,
        0,
        0,
        64,
        64,
      );
  if (image.complete && image.naturalWidth) draw();
  else image.addEventListener('load', draw, { once: true });
  return canvas;
}

/** In percent; null if it is not a region. */
function parsed(text) {
  const [x, y, width, height] = (text ?? '').split(',').map((number) => 100 * Number.parseFloat(number));
  return Number.isFinite(x + y + width + height) ? { x, y, width, height } : null;
}

const share = (part, whole) => Math.min(100, Math.max(0, (100 * part) / whole));

/** Where the picture itself is within its element, which may be larger. */
function shownAt(image) {
  const outer = image.getBoundingClientRect();
  const scale = Math.min(outer.width / (image.naturalWidth || 1), outer.height / (image.naturalHeight || 1));
  const [width, height] = [scale * image.naturalWidth, scale * image.naturalHeight];
  return { left: outer.left + (outer.width - width) / 2, top: outer.top + (outer.height - height) / 2, width, height };
}
