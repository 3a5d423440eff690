import { h } from './dom.js';
import { language } from './texts.js';

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

/** An error in words: the app's own sentence, and before it, where that is in another language, what kind of error it is. */
export function explained(error) {
  const isForeign = error.lang && error.lang !== language && error.title;
  return [isForeign && `${error.title} `, reason(error)];
}

/** The app's own sentence, as a part of one that is in the reader's language. */
export const reason = (error) => h('span', { lang: error.lang }, error.message);

/** Tells what did not work. */
export const complain = (error) => toast(explained(error), { role: 'alert', seconds: 12 });

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
