import { setKey } from './api.js';
import { h } from './dom.js';
import { t } from './texts.js';

let asking;

/** Asks for the app's key, only once however many requests wait for it. Resolves to whether one was given. */
export function askForKey(wasRefused) {
  asking ??= new Promise((resolve) => {
    const input = h('input', { id: 'key', type: 'password', autocomplete: 'off', required: true });
    const form = h(
      'form',
      { method: 'dialog', class: 'stack' },
      h('h2', {}, t(wasRefused ? 'key.refused' : 'key.needed')),
      h('p', {}, t('key.hint')),
      h('label', { for: 'key' }, t('key.label')),
      input,
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'button', onclick: () => dialog.close() }, t('page.cancel')),
        h('button', { class: 'primary' }, t('key.use')),
      ),
    );
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
