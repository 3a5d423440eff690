import { query, read } from '../api.js';
import { fill, h } from '../dom.js';
import { decimal, share } from '../format.js';
import { t } from '../texts.js';
import { complain, toast } from '../toast.js';
import { wordOf } from './facets.js';

export const hasLabels = ({ style, objects, categories, refused }) =>
  Boolean(style) || objects.length + categories.length + refused.length > 0;

/** What the model says that an image is and shows, surest first: each a way to others, and to be refused for this one. */
export function labelled(image) {
  const element = h('ul', { class: 'labels' });
  show(image.labels);
  return element;

  function show({ style, objects, categories, refused }) {
    const told = [
      style && { kind: 'style', ...style },
      ...objects.map((one) => ({ kind: 'objects', ...one })),
      ...categories.map((one) => ({ kind: 'categories', ...one })),
    ];
    fill(
      element,
      told.filter(Boolean).map((label) => given(label, refused)),
      refused.map((label) => taken(label, refused)),
    );
  }

  function given({ kind, name, certainty }, refused) {
    const label = wordOf(kind, name);
    return h(
      'li',
      {},
      h(
        'a',
        { href: query('/ui', { [kind]: name }), title: t('detail.certainty', { certainty: decimal(certainty, 2) }) },
        [label, kind === 'categories' ? decimal(certainty, 2) : share(certainty)].join(' '),
      ),
      image.status === 'indexed' &&
        h(
          'button',
          {
            type: 'button',
            class: 'quiet',
            'aria-label': t('labels.notThisOf', { label }),
            onclick: () => refuse([...refused, { kind, name }], t('labels.refused', { label })),
          },
          t('labels.notThis'),
        ),
    );
  }

  function taken({ kind, name }, refused) {
    return h(
      'li',
      {},
      h('del', {}, wordOf(kind, name)),
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          'aria-label': t('labels.undo', { label: wordOf(kind, name) }),
          onclick: () => refuse(refused.filter((one) => one.kind !== kind || one.name !== name)),
        },
        t('page.undo'),
      ),
    );
  }

  async function refuse(refused, said) {
    const address = `/api/images/${encodeURIComponent(image.id)}`;
    try {
      await read(address, { method: 'PATCH', json: { refused } });
      const { labels } = await read(address);
      show(labels);
      if (said) toast(said);
      element.querySelector('button')?.focus();
    } catch (error) {
      complain(error);
    }
  }
}
