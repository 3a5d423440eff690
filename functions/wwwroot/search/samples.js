import { read, send } from '../api.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { complain } from '../toast.js';

const every = 1000;

/** Adds the sample pictures of a host that offers them, as the local one does; nothing elsewhere. `show` is called once they are judged. */
export async function samplesButton(show) {
  const response = await send('/api/health').catch(() => null);
  const address = /<([^>]+)>; rel="samples"/.exec(response?.headers.get('link') ?? '')?.[1];
  return address && h('button', { type: 'button', onclick: ({ target }) => add(target, address, show) }, t('search.samples'));
}

async function add(button, address, show) {
  button.disabled = true;
  button.textContent = t('search.samplesComing');
  try {
    await send(address, { method: 'POST' });
    for (let settled = 0; settled < 2;) {
      await new Promise((resolve) => setTimeout(resolve, every));
      const { index, work } = await read('/api/health');
      settled = index.documents > 0 && !work?.waiting ? settled + 1 : 0;
    }
    show();
  } catch (error) {
    button.disabled = false;
    button.textContent = t('search.samples');
    complain(error);
  }
}
