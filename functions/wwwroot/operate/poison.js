import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { date } from '../format.js';
import { failed } from '../states.js';
import { t } from '../texts.js';
import { complain, toast } from '../toast.js';

/** Messages in poison queues, shown while there are any. */
export function poison(leaving) {
  const list = h('div', {});
  const element = h(
    'section',
    { class: 'panel operate', hidden: true },
    h('h2', {}, t('operate.givenUp')),
    h('p', { class: 'hint' }, t('operate.poisonHint')),
    list,
    h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: resend }, t('operate.resend'))),
  );
  let known = 0;
  return { element, depth };

  function depth(number) {
    element.hidden = number === 0;
    if (number !== known && number > 0) load();
    known = number;
  }

  async function load() {
    try {
      const { messages } = await read('/api/poison', { signal: leaving });
      fill(
        list,
        h(
          'ul',
          { class: 'lines' },
          messages.map((message) =>
            h(
              'li',
              {},
              h('strong', {}, message.path ?? message.id ?? message.text),
              h(
                'span',
                { class: 'hint' },
                ` ${message.queue} · ${t('count.attempts', { count: message.attempts })}`,
                message.insertedAt && ` · ${date(message.insertedAt)}`,
              ),
            ),
          ),
        ),
      );
    } catch (error) {
      if (error.name !== 'AbortError') fill(list, failed(error, load));
    }
  }

  async function resend() {
    try {
      const { resent } = await read('/api/poison/resend', { method: 'POST' });
      toast(t('operate.resent', { count: resent }));
      known = 0;
    } catch (error) {
      complain(error);
    }
  }
}
