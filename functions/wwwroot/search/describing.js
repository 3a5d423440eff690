import { read } from '../api.js';
import { h } from '../dom.js';
import { t } from '../texts.js';
import { complain, toast } from '../toast.js';

/** What is known best to stand for a picture: its alt text, else what the file says. */
export const altOf = (image) => image.altText ?? image.alt ?? image.metadata?.description ?? image.metadata?.title ?? '';

/** The alt text and the description of an indexed image, to be changed: no model writes over what a person wrote. */
export function describing(image) {
  const altText = h('input', {
    type: 'text',
    maxlength: 500,
    autocomplete: 'off',
    placeholder: t('detail.altTextExample'),
    value: image.altText ?? '',
  });
  const description = h('textarea', { rows: 3, maxlength: 4000, placeholder: t('detail.descriptionExample') });
  description.value = image.description ?? '';
  const form = h(
    'form',
    { class: 'describing' },
    h('label', {}, h('span', {}, t('detail.altText')), altText),
    h('label', {}, h('span', {}, t('detail.description')), description),
    h('button', { class: 'quiet' }, t('detail.saveWords')),
  );
  let saved = { altText: altText.value, description: description.value };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const wanted = { altText: altText.value.trim(), description: description.value.trim() };
    const changed = Object.fromEntries(Object.entries(wanted).filter(([name, text]) => text !== saved[name]));
    if (Object.keys(changed).length === 0) return;
    try {
      await read(`/api/images/${encodeURIComponent(image.id)}`, { method: 'PATCH', json: changed });
      saved = wanted;
      toast(t('detail.wordsSaved'));
    } catch (error) {
      complain(error);
    }
  });
  return form;
}
