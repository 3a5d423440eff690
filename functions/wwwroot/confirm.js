import { h } from './dom.js';

/** Asks before something that cannot be undone. Resolves to true or false. */
export function confirm({ title, text, action }) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { class: 'small', 'aria-labelledby': 'confirm-title' },
      h('form', { method: 'dialog', class: 'stack' },
        h('h2', { id: 'confirm-title' }, title),
        h('p', {}, text),
        h('div', { class: 'buttons' },
          h('button', { value: 'no', autofocus: true }, 'Keep'),
          h('button', { value: 'yes', class: 'danger' }, action))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
