import { h } from '../dom.js';
import { t } from '../texts.js';

const kinds = { quarantined: 'quarantined', copy: 'copies', lookAlike: 'lookAlikes' };
const verdicts = { '': 'any', exact: 'exact', copy: 'copy' };
const comparators = ['larger', 'heavier', 'older', 'newer', 'prefix', 'kept'];
const actions = ['keep', 'trash', 'restore'];
const orders = ['order1', 'order2', 'order3'];

/** Which pairs, which one stays, and what becomes of the other: {element, rule(), isDeleting()}. */
export function ruleForm(preview) {
  const status = select(Object.entries(kinds).map(([value, name]) => [value, t(`review.${name}`)]));
  const verdict = select(Object.entries(verdicts).map(([value, name]) => [value, t(`rule.${name}`)]));
  const likeness = h('input', { type: 'number', min: 0, max: 1, step: 0.001, inputmode: 'decimal' });
  const keptPrefix = folder();
  const movedPrefix = folder();
  const order = orders.map((_, at) =>
    select([...(at === 0 ? [] : [['', t('rule.nothingMore')]]), ...comparators.map((by) => [by, t(`rule.${by}`)])]),
  );
  const prefixes = h('textarea', { rows: 2, placeholder: t('rule.foldersExample') });
  const prefixesLabel = labelled(t('rule.folders'), prefixes);
  const action = select(actions.map((act) => [act, t(`rule.${act}`)]));
  const safe = h('textarea', { rows: 2, placeholder: t('rule.safeExample') });
  const merge = h('input', { type: 'checkbox' });
  const wins = h(
    'fieldset',
    {},
    h('legend', {}, t('rule.stays')),
    order.map((field, at) => labelled(t(`rule.${orders[at]}`), field)),
    prefixesLabel,
  );
  order[1].value = 'older';
  const element = h(
    'form',
    { class: 'rule-form' },
    h(
      'fieldset',
      {},
      h('legend', {}, t('rule.pairs')),
      labelled(t('rule.kind'), status),
      labelled(t('rule.verdict'), verdict),
      labelled(t('rule.alike'), likeness),
      labelled(t('rule.keptUnder'), keptPrefix),
      labelled(t('rule.movedUnder'), movedPrefix),
    ),
    wins,
    h(
      'fieldset',
      {},
      h('legend', {}, t('rule.then')),
      labelled(t('rule.action'), action),
      labelled(t('rule.safe'), safe),
      h('label', { class: 'check' }, merge, h('span', {}, t('rule.merge'))),
    ),
    h('div', { class: 'buttons' }, h('button', { class: 'primary' }, t('rule.preview'))),
  );
  element.addEventListener('change', adapt);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    preview();
  });
  adapt();
  return { element, rule, isDeleting: () => action.value === 'trash' };

  /** What has no meaning with the choices made is not offered. */
  function adapt() {
    const isQuarantined = status.value === 'quarantined';
    for (const option of action.options) option.disabled = option.value !== 'keep' && !isQuarantined;
    if (!isQuarantined) action.value = 'keep';
    const isRestoring = action.value === 'restore';
    wins.hidden = isRestoring;
    safe.closest('label').hidden = isRestoring;
    merge.closest('label').hidden = isRestoring;
    prefixesLabel.hidden = !order.some(({ value }) => value === 'prefix');
    prefixes.required = !prefixesLabel.hidden && !isRestoring;
  }

  function rule() {
    const chosen = [...new Set(order.map(({ value }) => value).filter(Boolean))];
    return {
      search: {
        status: status.value,
        verdict: verdict.value || undefined,
        minSimilarity: likeness.value === '' ? undefined : Number(likeness.value),
        keptPrefix: keptPrefix.value.trim() || undefined,
        movedPrefix: movedPrefix.value.trim() || undefined,
      },
      action: action.value,
      ...(action.value === 'restore'
        ? {}
        : {
            keep: chosen.map((by) => (by === 'prefix' ? { by, prefixes: lines(prefixes) } : { by })),
            neverLose: lines(safe),
            merge: merge.checked,
          }),
    };
  }
}

const select = (options) =>
  h(
    'select',
    {},
    options.map(([value, text]) => h('option', { value }, text)),
  );
const folder = () => h('input', { type: 'text', placeholder: t('refine.prefixExample'), autocomplete: 'off' });
const labelled = (text, field) => h('label', {}, h('span', {}, text), field);
const lines = ({ value }) =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
