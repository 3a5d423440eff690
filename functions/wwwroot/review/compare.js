import { fill, h, icon } from '../dom.js';
import { evidenceText } from '../evidence.js';
import { bytes, date, nameOf, pixels, similarity } from '../format.js';
import { t } from '../texts.js';
import { outlineSwitch } from './differences.js';
import { pairFacts } from './facts.js';
import { commands, showHelp } from './keys.js';
import { kinds, stageOf } from './stage.js';

let kind = 'beside';

/** A dialog that compares a card's two pictures and, once decided, goes on to the next one. `neighbours` is from list.js. */
export function compareCards(card, neighbours, work) {
  const body = h('div', { class: 'detail-body' });
  const dialog = h(
    'dialog',
    { class: 'detail compare', 'aria-label': t('compare.label') },
    h('button', { type: 'button', class: 'close', 'aria-label': t('page.close'), onclick: () => dialog.close() }, icon('close')),
    body,
  );
  let current = card;
  let leaving;
  let stage;
  dialog.addEventListener('close', () => {
    leave();
    document.body.append(toasts);
    dialog.remove();
    neighbours.focus(current);
  });
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('keydown', (event) => {
    const command = commands(event, { help: showHelp, next: () => go(1), previous: () => go(-1), keep: () => go(1), ...decisions() });
    if (command) event.preventDefault();
  });
  // What is outside of an open dialog can be neither seen nor used.
  const toasts = document.getElementById('toasts');
  dialog.append(toasts);
  document.body.append(dialog);
  show();
  dialog.showModal();
  stage.element.focus();

  function leave() {
    stage?.stop();
    leaving?.abort();
  }

  function go(step) {
    const next = neighbours.at(current, step);
    if (!next) return;
    current = next;
    show();
    stage.element.focus();
  }

  function decisions() {
    const decide = (act) => async () => {
      const decided = current;
      const next = neighbours.at(decided, 1) ?? neighbours.at(decided, -1);
      await act([decided]);
      if (!decided.element.classList.contains('leaving') && decided.element.isConnected) return;
      if (!next || !dialog.open) return dialog.close();
      current = next;
      show();
      stage.element.focus();
    };
    return {
      ...Object.fromEntries(Object.entries(work.decisionsOn(current)).map(([name, { act }]) => [name, decide(act)])),
      undo: () => work.undo(),
    };
  }

  function show() {
    leave();
    leaving = new AbortController();
    const { member, kept, better } = current;
    stage = stageOf(kept, member, leaving.signal);
    const tools = h('div', { class: 'stage-tools' });
    const choose = (chosen) => {
      kind = chosen;
      stage.show(kind);
      tools.replaceChildren(...stage.tools(kind));
    };
    const acts = decisions();
    fill(
      body,
      h(
        'div',
        { class: 'compare-stage' },
        h(
          'div',
          { class: 'compare-head' },
          h(
            'fieldset',
            { class: 'segments' },
            h('legend', { class: 'visually-hidden' }, t('compare.how')),
            kinds.map((value) =>
              h(
                'label',
                {},
                h('input', { type: 'radio', name: 'kind', value, checked: kind === value, onchange: () => choose(value) }),
                h('span', {}, t(`compare.${value}`)),
              ),
            ),
          ),
          stage.zoomTools,
        ),
        h(
          'div',
          { class: 'captions' },
          caption(kept, t('compare.kept'), false),
          caption(member, t(member.status === 'quarantined' ? 'compare.inQuarantine' : 'compare.duplicate'), Boolean(better)),
        ),
        stage.element,
        tools,
        stage.count > 0 && outlineSwitch(stage.element, stage.count),
      ),
      h(
        'div',
        { class: 'facts' },
        h('p', { class: 'hint position', role: 'status' }, neighbours.position(current)),
        h('h2', {}, nameOf(member.path)),
        member.evidence && h('p', {}, evidenceText(member.evidence)),
        better && h('p', { class: 'better-note' }, t('better.note', { why: better })),
        h(
          'div',
          { class: 'buttons decisions' },
          Object.entries(work.decisionsOn(current)).map(([name, { text, look, key }]) =>
            h('button', { type: 'button', class: look, 'aria-keyshortcuts': key, onclick: acts[name] }, t(`review.${text}`, { count: 1 })),
          ),
        ),
        h(
          'div',
          { class: 'buttons' },
          h(
            'button',
            { type: 'button', class: 'quiet', disabled: !neighbours.at(current, -1), onclick: () => go(-1) },
            icon('left'),
            t('compare.previous'),
          ),
          h(
            'button',
            { type: 'button', class: 'quiet', disabled: !neighbours.at(current, 1), onclick: () => go(1) },
            t('compare.next'),
            icon('right'),
          ),
        ),
        pairFacts(kept, member, leaving.signal),
        table(kept, member),
        evidence(member),
      ),
    );
    choose(kind);
  }
}

const caption = (image, name, isBetter) =>
  h(
    'p',
    { class: isBetter ? 'caption better' : 'caption' },
    h('strong', {}, name),
    isBetter && h('span', { class: 'pill' }, t('review.better')),
    ' ',
    [
      pixels(image),
      image.format?.toUpperCase(),
      image.bytes > 0 && bytes(image.bytes),
      image.uploadedAt && date(image.uploadedAt),
      image.features && t('compare.sharpnessOf', { value: image.features.sharpness }),
    ]
      .filter(Boolean)
      .join(' · '),
  );

function table(kept, member) {
  const row = (name, of) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, of(kept)), h('td', {}, of(member)));
  return h(
    'table',
    {},
    h(
      'thead',
      {},
      h('tr', {}, h('td', {}), h('th', { scope: 'col' }, t('compare.kept')), h('th', { scope: 'col' }, t('compare.duplicate'))),
    ),
    h(
      'tbody',
      {},
      row(t('compare.path'), (image) => image.path),
      row(t('compare.size'), (image) => pixels(image) || '–'),
      row(t('compare.file'), (image) => (image.bytes ? `${image.format?.toUpperCase() ?? ''} ${bytes(image.bytes)}` : '–')),
      row(t('compare.sharpness'), (image) => image.features?.sharpness ?? '–'),
      row(t('compare.uploaded'), (image) => (image.uploadedAt ? date(image.uploadedAt) : '–')),
    ),
  );
}

function evidence({ evidence: found, model }) {
  if (!found) return null;
  const facts = [
    [t('compare.similarity'), found.similarity !== null && found.similarity !== undefined && similarity(found.similarity)],
    [t('compare.threshold'), found.threshold && similarity(found.threshold)],
    [
      t('compare.hash'),
      found.hashDistance !== null && found.hashDistance !== undefined && t('compare.hashBits', { bits: found.hashDistance }),
    ],
    [t('compare.differences'), found.differences?.length > 0 && t('compare.places', { count: found.differences.length })],
    [t('compare.model'), found.model ?? model],
  ];
  return h(
    'dl',
    {},
    facts.filter(([, value]) => value).map(([name, value]) => [h('dt', {}, name), h('dd', { class: 'number' }, value)]),
  );
}
