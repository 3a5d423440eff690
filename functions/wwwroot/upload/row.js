import { query } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, nameOf, share, similarity } from '../format.js';
import { parts, t } from '../texts.js';

/** One file: its name, its progress, and its verdict. */
export function row({ file, path }, list) {
  const outcome = h('div', { class: 'outcome' });
  const element = h(
    'li',
    { class: 'upload-row' },
    h('span', { class: 'upload-name', title: path }, path),
    h('span', { class: 'hint number' }, bytes(file.size)),
    outcome,
  );
  list.prepend(element);
  return { sending, judging, waiting, settled, failed };

  function sending(part) {
    element.dataset.state = 'sending';
    fill(
      outcome,
      h('progress', { max: 1, value: part, 'aria-label': t('upload.progress', { name: nameOf(path) }) }),
      h('span', { class: 'number' }, share(part)),
    );
  }

  function judging() {
    element.dataset.state = 'judging';
    fill(outcome, h('span', { class: 'hint' }, t('upload.judging')));
  }

  function waiting(image) {
    element.dataset.state = 'judging';
    fill(outcome, h('span', {}, h('strong', {}, t('upload.waiting')), ' ', h('span', { lang: 'en' }, image.reason)));
  }

  function settled(image) {
    element.dataset.state = image.status;
    const original = image.duplicateOf && h('a', { href: query('/ui', { image: image.duplicateOf.id }) }, image.duplicateOf.path);
    const alike = typeof image.similarity === 'number' ? t('upload.alike', { similarity: similarity(image.similarity) }) : '';
    const strong = (key) => h('strong', {}, t(key));
    if (image.status === 'rejected') fill(outcome, h('span', {}, strong('upload.rejected'), ' ', h('span', { lang: 'en' }, image.reason)));
    else if (image.status === 'quarantined') {
      const sentence =
        image.verdict === 'exact'
          ? parts('upload.exact', { what: strong('upload.exactWhat'), original })
          : parts('upload.copy', { what: strong('upload.copyWhat'), original, alike });
      fill(outcome, h('span', {}, sentence, ' ', h('a', { href: '/ui/review?sort=date' }, t('upload.review'))));
    } else if (image.verdict === 'lookAlike' && original)
      fill(outcome, h('span', {}, strong('upload.indexed'), ' ', parts('upload.looksLike', { original, alike })));
    else if (original)
      fill(outcome, h('span', {}, parts('upload.indexedCopy', { what: strong('upload.indexedCopyWhat'), original, alike })));
    else
      fill(
        outcome,
        h('span', {}, strong('upload.isNew'), ' ', h('a', { href: query('/ui', { id: image.id, image: image.id }) }, t('upload.show'))),
      );
  }

  function failed(reason, action) {
    element.dataset.state = 'failed';
    fill(
      outcome,
      h('span', { role: 'alert' }, h('strong', {}, t('upload.notUploaded')), ' ', reason),
      h('button', { type: 'button', class: 'quiet', onclick: action.run }, action.label),
    );
  }
}
