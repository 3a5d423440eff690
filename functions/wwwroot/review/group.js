import { query, read } from '../api.js';
import { h } from '../dom.js';
import { bytes, nameOf, pixels, similarity } from '../format.js';
import { picture } from '../picture.js';
import { bar } from '../search/tiles.js';
import { toast } from '../toast.js';
import { betterBecause } from './better.js';
import { compareCards } from './compare.js';

/** A kept image, with the images it displaced or resembles. */
export function groupCard(group, context) {
  const members = h('ul', { class: 'members' });
  const element = h('article', { class: 'group', 'aria-label': `Alike: ${nameOf(group.kept.path)}`, 'data-kept': group.kept.id },
    h('div', { class: 'kept' }, keptImage(group.kept), h('p', { class: 'tag' }, group.kept.status === 'removed' ? 'Kept, but deleted since' : 'Kept'), facts(group.kept)),
    members);
  add(group.members);
  if (group.continuation) element.append(more(group.continuation));
  return element;

  function add(list) {
    members.append(...list.map((member) => memberCard(member, group.kept, element, context)));
  }

  function more(continuation) {
    const button = h('button', { type: 'button', class: 'quiet', onclick: async () => {
      try {
        const reply = await read(query(`/api/duplicates/${group.kept.id}`, { sort: context.sort, status: context.status, continuation }));
        const page = reply.groups?.[0] ?? reply;
        add(page.members);
        button.replaceWith(...(page.continuation ? [more(page.continuation)] : []));
      } catch (error) {
        toast(error.message, { role: 'alert' });
      }
    } }, 'Show more of this group');
    return button;
  }
}

function keptImage(kept) {
  return kept.status === 'removed' || kept.status === 'processing'
    ? h('div', { class: 'frame absent' }, kept.status === 'removed' ? 'Deleted' : 'Changing')
    : h('a', { class: 'frame', href: query('/ui', { image: kept.id }), 'aria-label': `Kept: ${nameOf(kept.path)}` }, picture(kept, 320));
}

const facts = (image) => [
  h('p', { class: 'name', title: image.path }, nameOf(image.path)),
  image.width && h('p', { class: 'hint' }, [pixels(image), image.format?.toUpperCase(), bytes(image.bytes)].filter(Boolean).join(' · ')),
];

function memberCard(member, kept, group, { work, cards }) {
  const name = nameOf(member.path);
  const box = h('input', { type: 'checkbox', 'aria-label': `Select ${name}` });
  const element = h('li', { class: 'member' });
  const better = member.status === 'quarantined' ? betterBecause(member, kept) : null;
  const card = { member, kept, better, element, box, gone };
  const decisions = Object.values(work.decisionsOn(card));
  const compare = () => compareCards(card, cards, work);
  element.append(
    h('button', { type: 'button', class: 'frame', 'aria-label': `Compare ${name} with the kept image`, onclick: compare }, picture(member, 320)),
    h('div', { class: 'member-text' },
      h('p', { class: 'tag' }, decisions.length > 0 && box, names[member.verdict] ?? member.verdict,
        member.similarity !== null && member.similarity !== undefined && h('span', { class: 'score' }, bar(member.similarity), h('span', { class: 'number' }, similarity(member.similarity)))),
      facts(member),
      better && h('p', { class: 'better-note' }, h('span', { class: 'pill' }, 'better'), ` ${better}`),
      member.evidence && h('p', { class: 'evidence' }, member.evidence.sentence),
      h('div', { class: 'buttons' },
        h('button', { type: 'button', class: 'quiet', 'aria-label': `Compare ${name}`, onclick: compare }, 'Compare'),
        decisions.map(({ text, look, key, act }) => h('button', { type: 'button', class: look, 'aria-label': `${text}: ${name}`, 'aria-keyshortcuts': key, onclick: () => act([card]) }, text)))));
  if (decisions.length > 0) work.add(card);
  cards.add(card);
  return element;

  function gone() {
    const list = element.parentElement;
    const neighbour = element.nextElementSibling ?? element.previousElementSibling ?? group.nextElementSibling;
    const hadFocus = document.activeElement === document.body || element.contains(document.activeElement);
    element.remove();
    if (list?.children.length === 0) group.remove();
    if (hadFocus) neighbour?.querySelector?.('.member button, button')?.focus({ preventScroll: true });
  }
}

const names = { exact: 'The same file', copy: 'Copy', lookAlike: 'Look-alike', new: 'New' };
