import { h } from './dom.js';

const place = document.getElementById('toasts');

/** Says something in passing. Returns what takes it away again. */
export function toast(text, { action, seconds = 6, role } = {}) {
  const element = h('div', { class: 'toast', role }, h('span', {}, text));
  const close = () => element.remove();
  if (action) {
    element.append(h('button', { type: 'button', onclick: () => { close(); action.run(); } }, action.label));
  }
  place.append(element);
  if (seconds) setTimeout(close, seconds * 1000);
  return close;
}
