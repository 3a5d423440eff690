import { h } from '../dom.js';
import { t } from '../texts.js';

const keys = {
  ArrowDown: 'next',
  ArrowRight: 'next',
  j: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'previous',
  k: 'keep',
  s: 'swap',
  r: 'restore',
  d: 'trash',
  q: 'callCopy',
  x: 'select',
  z: 'undo',
  '?': 'help',
};

const meanings = [
  ['← ↑', 'previous'],
  ['→ ↓', 'next'],
  [t('keys.enter'), 'compare'],
  ['k', 'keep'],
  ['s', 'swap'],
  ['r', 'restore'],
  ['d', 'trash'],
  ['q', 'callCopy'],
  ['x', 'select'],
  ['z', 'undo'],
  ['?', 'help'],
];

/** Runs the handler of a pressed key. True if there is one. */
export function commands(event, handlers) {
  if (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.target.matches?.('input:not([type=checkbox], [type=radio]), select, textarea')
  )
    return false;
  if (event.target.matches?.('[type=radio]') && event.key.startsWith('Arrow')) return false;
  const handler = handlers[keys[event.key]];
  handler?.();
  return Boolean(handler);
}

export function showHelp() {
  const dialog = h(
    'dialog',
    { class: 'small keys', 'aria-labelledby': 'keys-title' },
    h(
      'form',
      { method: 'dialog', class: 'stack' },
      h('h2', { id: 'keys-title' }, t('keys.title')),
      h(
        'dl',
        {},
        meanings.map(([key, text]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, t(`keys.${text}`))]),
      ),
      h('div', { class: 'buttons' }, h('button', { class: 'primary', autofocus: true }, t('page.close'))),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
