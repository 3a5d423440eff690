import { h } from './dom.js';
import { setKey } from './api.js';

let asking;

/** Asks for the app's key, only once however many requests wait for it. */
export function askForKey(wasRefused) {
  asking ??= new Promise((resolve) => {
    const input = h('input', { id: 'key', type: 'password', autocomplete: 'off', required: true });
    const form = h('form', { method: 'dialog', class: 'stack' },
      h('h2', {}, wasRefused ? 'That key is not accepted' : 'A key is needed'),
      h('p', {}, 'This app requires one of its function keys. The key is kept for this tab and forgotten when you close it.'),
      h('label', { for: 'key' }, 'Function key'),
      input,
      h('div', { class: 'buttons' }, h('button', { class: 'primary' }, 'Go on')));
    const dialog = h('dialog', { class: 'small', oncancel: (event) => event.preventDefault() }, form);
    form.addEventListener('submit', () => {
      setKey(input.value.trim());
      dialog.remove();
      asking = undefined;
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
