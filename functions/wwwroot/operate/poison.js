import { read } from '../api.js';
import { fill, h } from '../dom.js';
import { date, many } from '../format.js';
import { failed } from '../states.js';
import { toast } from '../toast.js';

/** Messages in poison queues, shown while there are any. */
export function poison(leaving) {
  const list = h('div', {});
  const element = h('section', { class: 'panel operate', hidden: true },
    h('h2', {}, 'Given up'),
    h('p', { class: 'hint' }, 'These failed so often that the host stopped trying. Nothing is lost: fix the cause, then send them again.'),
    list,
    h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: resend }, 'Send them again')));
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
      fill(list, h('ul', { class: 'lines' }, messages.map((message) => h('li', {},
        h('strong', {}, message.path ?? message.id ?? message.text), h('span', { class: 'hint' }, ` ${message.queue} · ${many(message.attempts, 'attempt')}`, message.insertedAt && ` · ${date(message.insertedAt)}`)))));
    } catch (error) {
      if (error.name !== 'AbortError') fill(list, failed(error, load));
    }
  }

  async function resend() {
    try {
      const { resent } = await read('/api/poison/resend', { method: 'POST' });
      toast(`${many(resent, 'message')} sent again.`);
      known = 0;
    } catch (error) {
      toast(error.message, { role: 'alert', seconds: 12 });
    }
  }
}
