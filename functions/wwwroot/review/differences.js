import { h } from '../dom.js';
import { t } from '../texts.js';

const namespace = 'http://www.w3.org/2000/svg';

/**
 * Outlines over a picture that is fitted into its frame: the places where two pictures differ, as shares of this one. `side` is
 * A for the image that has the evidence and B for the one that it is compared with.
 */
export function outlines({ width, height }, differences, side) {
  const svg = element('svg', {
    class: 'differences',
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: 'xMidYMid meet',
    'aria-hidden': 'true',
  });
  const margin = Math.max(width, height) / 200;
  for (const place of differences) {
    const box = {
      x: place[`left${side}`] * width - margin,
      y: place[`top${side}`] * height - margin,
      width: place[`width${side}`] * width + 2 * margin,
      height: place[`height${side}`] * height + 2 * margin,
    };
    svg.append(element('rect', { ...box, class: 'halo' }), element('rect', box));
  }
  return svg;
}

/** The switch for the outlines of a stage. */
export function outlineSwitch(stage, count) {
  const box = h('input', { type: 'checkbox', checked: true, onchange: () => stage.classList.toggle('plain', !box.checked) });
  return h('label', { class: 'check' }, box, h('span', {}, t('compare.outline', { count })));
}

function element(name, attributes) {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
