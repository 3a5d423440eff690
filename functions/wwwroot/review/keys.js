import { h } from '../dom.js';

const keys = {
  ArrowDown: 'next', ArrowRight: 'next', j: 'next',
  ArrowUp: 'previous', ArrowLeft: 'previous',
  k: 'keep', s: 'swap', r: 'restore', d: 'trash', q: 'callCopy', x: 'select', z: 'undo', '?': 'help',
};

const meanings = [
  ['← ↑', 'Previous image'], ['→ ↓', 'Next image'], ['Enter', 'Compare'],
  ['k', 'Keep it as it is, and go on'], ['s', 'Keep this one instead'], ['r', 'Not a duplicate: put it back'],
  ['d', 'To the trash, or from the trash for good'], ['q', 'A look-alike is a copy: quarantine it'], ['x', 'Select'], ['z', 'Undo'], ['?', 'This list'],
];

/** Runs the handler of a pressed key. True if there is one. */
export function commands(event, handlers) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input:not([type=checkbox], [type=radio]), select, textarea')) return false;
  if (event.target.matches?.('[type=radio]') && event.key.startsWith('Arrow')) return false;
  const handler = handlers[keys[event.key]];
  handler?.();
  return Boolean(handler);
}

export function showHelp() {
  const dialog = h('dialog', { class: 'small keys', 'aria-labelledby': 'keys-title' },
    h('form', { method: 'dialog', class: 'stack' },
      h('h2', { id: 'keys-title' }, 'Keys'),
      h('dl', {}, meanings.map(([key, text]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, text)])),
      h('div', { class: 'buttons' }, h('button', { class: 'primary', autofocus: true }, 'Close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
