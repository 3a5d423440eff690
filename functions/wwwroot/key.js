import { h } from './dom.js';
import { setKey } from './api.js';

let asking;

/** Asks for the app's key, only once however many requests wait for it. Resolves to whether one was given. */
export function askForKey(wasRefused) {
  asking ??= new Promise((resolve) => {
    const input = h('input', { id: 'key', type: 'password', autocomplete: 'off', required: true });
    const form = h('form', { method: 'dialog', class: 'stack' },
      h('h2', {}, wasRefused ? 'That key is not accepted' : 'A key is needed'),
      h('p', {}, 'This app requires one of its function keys. The key is kept for this tab and forgotten when you close it.'),
      h('label', { for: 'key' }, 'Function key'),
      input,
      h('div', { class: 'buttons' },
        h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
        h('button', { class: 'primary' }, 'Use this key')));
    const dialog = h('dialog', { class: 'small' }, form);
    let isGiven = false;
    form.addEventListener('submit', () => {
      setKey(input.value.trim());
      isGiven = true;
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      asking = undefined;
      resolve(isGiven);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
