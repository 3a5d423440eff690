import { h } from './dom.js';
import { t } from './texts.js';

/** Asks before something that cannot be undone. Resolves to true or false. */
export function confirm({ title, text, action }) {
  return answered(title, [
    h('p', {}, text),
    h(
      'div',
      { class: 'buttons' },
      h('button', { value: 'no', autofocus: true }, t('page.keep')),
      h('button', { value: 'yes', class: 'danger' }, action),
    ),
  ]);
}

/** Asks for one line of text. Resolves to null if cancelled. */
export async function ask({ title, label, maxlength }) {
  const input = h('input', { type: 'text', maxlength, required: true, id: 'asked', autocomplete: 'off' });
  const isGiven = await answered(title, [
    h('label', { for: 'asked' }, label),
    input,
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: (event) => event.target.closest('dialog').close() }, t('page.cancel')),
      h('button', { class: 'primary', value: 'yes' }, t('page.save')),
    ),
  ]);
  return isGiven ? input.value.trim() : null;
}

/** Whether a dialog was left by its button "yes". */
function answered(title, parts) {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'small', 'aria-labelledby': 'dialog-title' },
      h('form', { method: 'dialog', class: 'stack' }, h('h2', { id: 'dialog-title' }, title), parts),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
