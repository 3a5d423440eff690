import { bytes, nameOf, pixels } from '../format.js';
import { t } from '../texts.js';

const lossless = new Set(['png', 'bmp', 'tiff']);
const noticeable = 1.02;
const moreBytes = 1.25;
const softer = 5;

/** Whether the quarantined image is the better of two copies, and why in words and numbers; null if it is not. */
export function betterBecause(member, kept) {
  if (!member.width || !kept.width) return null;
  const ratio = (member.width * member.height) / (kept.width * kept.height);
  if (ratio >= noticeable) {
    return isSofter(member, kept) ? null : t('better.size', { size: pixels(member), keptSize: pixels(kept) });
  }
  if (ratio < 1 / noticeable) return null;
  if (lossless.has(format(member)) !== lossless.has(format(kept))) {
    return lossless.has(format(member))
      ? t('better.lossless', { format: format(member).toUpperCase(), keptFormat: format(kept).toUpperCase() })
      : null;
  }
  return format(member) === format(kept) && !lossless.has(format(member)) && member.bytes >= kept.bytes * moreBytes
    ? t('better.bytes', { bytes: bytes(member.bytes), keptBytes: bytes(kept.bytes) })
    : null;
}

/** What deleting these would lose; null if nothing. */
export function lossOf(cards) {
  const orphans = cards.filter(({ kept }) => kept.status === 'removed' || kept.status === 'setAside');
  if (orphans.length > 0) return t('better.orphan', { which: named(orphans) });
  const better = cards.filter((card) => card.better);
  if (better.length === 0) return null;
  return t('better.loss', { count: better.length, which: named(better), why: better[0].better });
}

const named = (cards) =>
  cards.length === 1 ? t('better.name', { name: nameOf(cards[0].member.path) }) : t('count.ofThem', { count: cards.length });
const format = (image) => image.format?.toLowerCase() ?? '';

/** An enlargement has more pixels and is softer. */
const isSofter = (member, kept) => member.features && kept.features && member.features.sharpness < kept.features.sharpness - softer;
