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
  if (seconds) closeLater(element, close, seconds);
  return close;
}

/** It stays while somebody is on it, with the pointer or the keyboard. */
function closeLater(element, close, seconds) {
  let timer;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (element.matches(':hover, :focus-within') ? start() : close()), seconds * 1000);
  };
  element.addEventListener('pointerleave', start);
  element.addEventListener('focusout', start);
  start();
}
