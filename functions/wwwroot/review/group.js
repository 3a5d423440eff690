import { query, read } from '../api.js';
import { h } from '../dom.js';
import { evidenceText } from '../evidence.js';
import { bytes, nameOf, pixels, similarity } from '../format.js';
import { picture } from '../picture.js';
import { bar } from '../search/tiles.js';
import { t, word } from '../texts.js';
import { complain } from '../toast.js';
import { betterBecause } from './better.js';
import { compareCards } from './compare.js';

const keptAs = { removed: 'keptDeleted', setAside: 'nothingKept' };
const absentAs = { removed: 'deleted', processing: 'changing', setAside: 'byHand' };

/** A kept image, with the images it displaced or resembles. */
export function groupCard(group, context) {
  const members = h('ul', { class: 'members' });
  const element = h(
    'article',
    { class: 'group', 'aria-label': t('review.group', { name: nameOf(group.kept.path) }), 'data-kept': group.kept.id },
    h(
      'div',
      { class: 'kept' },
      keptImage(group.kept),
      h('p', { class: 'tag' }, t(`review.${keptAs[group.kept.status] ?? 'kept'}`)),
      facts(group.kept),
    ),
    members,
  );
  add(group.members);
  if (group.continuation) element.append(more(group.continuation));
  return element;

  function add(list) {
    members.append(...list.map((member) => memberCard(member, group.kept, element, context)));
  }

  function more(continuation) {
    const button = h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        onclick: async () => {
          try {
            const reply = await read(
              query(`/api/duplicates/${group.kept.id}`, { sort: context.sort, status: context.status, continuation }),
            );
            const page = reply.groups?.[0] ?? reply;
            add(page.members);
            button.replaceWith(...(page.continuation ? [more(page.continuation)] : []));
          } catch (error) {
            complain(error);
          }
        },
      },
      t('review.more'),
    );
    return button;
  }
}

function keptImage(kept) {
  return absentAs[kept.status]
    ? h('div', { class: 'frame absent' }, t(`review.${absentAs[kept.status]}`))
    : h(
        'a',
        { class: 'frame', href: query('/ui', { image: kept.id }), 'aria-label': t('review.keptName', { name: nameOf(kept.path) }) },
        picture(kept, 320),
      );
}

const facts = (image) => [
  h('p', { class: 'name', title: image.path }, nameOf(image.path)),
  image.width && h('p', { class: 'hint' }, [pixels(image), image.format?.toUpperCase(), bytes(image.bytes)].filter(Boolean).join(' · ')),
];

function memberCard(member, kept, group, { work, cards }) {
  const name = nameOf(member.path);
  const box = h('input', { type: 'checkbox', 'aria-label': t('search.select', { name }) });
  const element = h('li', { class: 'member' });
  const better = member.status === 'quarantined' ? betterBecause(member, kept) : null;
  const card = { member, kept, better, element, box, gone };
  const decisions = Object.values(work.decisionsOn(card));
  const compare = () => compareCards(card, cards, work);
  element.append(
    h(
      'button',
      { type: 'button', class: 'frame', 'aria-label': t('review.compareWithKept', { name }), onclick: compare },
      picture(member, 320),
    ),
    h(
      'div',
      { class: 'member-text' },
      h(
        'p',
        { class: 'tag' },
        decisions.length > 0 && box,
        word('verdictTag', member.verdict),
        member.similarity !== null &&
          member.similarity !== undefined &&
          h('span', { class: 'score' }, bar(member.similarity), h('span', { class: 'number' }, similarity(member.similarity))),
      ),
      facts(member),
      better && h('p', { class: 'better-note' }, h('span', { class: 'pill' }, t('review.better')), ` ${better}`),
      member.evidence && h('p', { class: 'evidence' }, evidenceText(member.evidence)),
      h(
        'div',
        { class: 'buttons' },
        h(
          'button',
          { type: 'button', class: 'quiet', 'aria-label': t('review.compareName', { name }), onclick: compare },
          t('review.compare'),
        ),
        decisions.map(({ text, look, key, act }) => {
          const action = t(`review.${text}`, { count: 1 });
          return h(
            'button',
            {
              type: 'button',
              class: look,
              'aria-label': t('review.decide', { action, name }),
              'aria-keyshortcuts': key,
              onclick: () => act([card]),
            },
            action,
          );
        }),
      ),
    ),
  );
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
