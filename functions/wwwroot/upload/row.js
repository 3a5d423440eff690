import { query } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, nameOf, similarity } from '../format.js';

/** One file: its name, its progress, and its verdict. */
export function row({ file, path }, list) {
  const outcome = h('div', { class: 'outcome' });
  const element = h('li', { class: 'upload-row' }, h('span', { class: 'upload-name', title: path }, path), h('span', { class: 'hint number' }, bytes(file.size)), outcome);
  list.prepend(element);
  return { sending, judging, waiting, settled, failed };

  function sending(part) {
    element.dataset.state = 'sending';
    const percent = Math.round(part * 100);
    fill(outcome, h('progress', { max: 100, value: percent, 'aria-label': `Upload of ${nameOf(path)}` }), h('span', { class: 'number' }, `${percent} %`));
  }

  function judging() {
    element.dataset.state = 'judging';
    fill(outcome, h('span', { class: 'hint' }, 'Uploaded, waiting for the verdict…'));
  }

  function waiting(image) {
    element.dataset.state = 'judging';
    fill(outcome, h('span', {}, h('strong', {}, 'Waiting; it will be retried automatically. '), image.reason));
  }

  function settled(image) {
    element.dataset.state = image.status;
    const original = image.duplicateOf && h('a', { href: query('/ui', { image: image.duplicateOf.id }) }, image.duplicateOf.path);
    const alike = typeof image.similarity === 'number' ? ` (similarity ${similarity(image.similarity)})` : '';
    if (image.status === 'rejected') fill(outcome, h('span', {}, h('strong', {}, 'Rejected. '), image.reason));
    else if (image.status === 'quarantined') {
      fill(outcome, h('span', {}, h('strong', {}, image.verdict === 'exact' ? 'The same file' : 'A copy'), image.verdict === 'exact' ? ' as ' : ' of ', original, image.verdict === 'exact' ? '' : alike, ', moved to quarantine. ', h('a', { href: '/ui/review?sort=date' }, 'Review')));
    } else if (image.verdict === 'lookAlike' && original) fill(outcome, h('span', {}, h('strong', {}, 'Indexed. '), 'It looks like ', original, alike, '.'));
    else if (original) fill(outcome, h('span', {}, h('strong', {}, 'Indexed, though a copy'), ' of ', original, alike, '.'));
    else fill(outcome, h('span', {}, h('strong', {}, 'New, indexed. '), h('a', { href: query('/ui', { id: image.id, image: image.id }) }, 'Show')));
  }

  function failed(reason, action) {
    element.dataset.state = 'failed';
    fill(outcome, h('span', { role: 'alert' }, h('strong', {}, 'Not uploaded. '), reason), h('button', { type: 'button', class: 'quiet', onclick: action.run }, action.label));
  }
}
