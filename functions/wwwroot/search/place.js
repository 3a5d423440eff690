import { h } from '../dom.js';
import { t } from '../texts.js';

const closest = 6;
const filled = 0.7;

/** Outlines a place on a picture that lies in `frame`; the place is in shares of the picture. */
export function outline(frame, image, place) {
  const box = h('div', { class: 'place-box', role: 'img', 'aria-label': t('detail.foundAt') });
  const show = () => {
    box.hidden = !place || !image.naturalWidth;
    if (box.hidden) return;
    const shown = shownAt(image);
    const outer = frame.getBoundingClientRect();
    box.style.setProperty('left', `${shown.left - outer.left - frame.clientLeft + place.left * shown.width}px`);
    box.style.setProperty('top', `${shown.top - outer.top - frame.clientTop + place.top * shown.height}px`);
    box.style.setProperty('width', `${place.width * shown.width}px`);
    box.style.setProperty('height', `${place.height * shown.height}px`);
  };
  frame.append(box);
  image.addEventListener('load', show);
  new ResizeObserver(show).observe(image);
  show();
  return {
    show,
    move: (other) => {
      place = other;
      show();
    },
  };
}

/** The same, with a button that brings the place close or shows the whole page; it begins close. */
export function closeUp(figure, image, place) {
  const box = outline(figure, image, place);
  const button = h('button', { type: 'button', class: 'zoom', hidden: !place, onclick: () => zoom(!figure.classList.contains('zoomed')) });
  image.addEventListener('load', () => zoom(Boolean(place)), { once: true });
  zoom(false);
  return {
    button,
    move: (other) => {
      place = other;
      box.move(other);
      zoom(true);
    },
  };

  function zoom(on) {
    figure.classList.toggle('zoomed', on);
    button.hidden = !place;
    button.textContent = t(on ? 'detail.zoomOut' : 'detail.zoomIn');
    const scale = on ? Math.min(closest, Math.max(1, filled / Math.max(place.width, place.height))) : 1;
    const shift = (from, length) => (on ? 100 * (0.5 - from - length / 2) : 0);
    image.style.setProperty(
      'transform',
      on ? `scale(${scale}) translate(${shift(place.left, place.width)}%, ${shift(place.top, place.height)}%)` : 'none',
    );
    box.show();
  }
}

/** Where the picture itself is: its element may be larger, or cut it off. */
function shownAt(image) {
  const outer = image.getBoundingClientRect();
  const scales = [outer.width / image.naturalWidth, outer.height / image.naturalHeight];
  const scale = getComputedStyle(image).objectFit === 'cover' ? Math.max(...scales) : Math.min(...scales);
  const [width, height] = [scale * image.naturalWidth, scale * image.naturalHeight];
  return { left: outer.left + (outer.width - width) / 2, top: outer.top + (outer.height - height) / 2, width, height };
}
