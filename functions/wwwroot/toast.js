import { h } from './dom.js';

const place = document.getElementById('toasts');

/** Shows a brief message. Returns a function that removes it. */
export function toast(text, { action, seconds = 6, role } = {}) {
  const element = h('div', { class: 'toast', role }, h('span', {}, text));
  const close = () => element.remove();
  if (action) {
    element.append(
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            close();
            action.run();
          },
        },
        action.label,
      ),
    );
  }
  place.append(element);
  if (seconds) setTimeout(close, seconds * 1000);
  return close;
}
