import { bytes, count, nameOf } from '../format.js';

const lossless = new Set(['png', 'bmp', 'tiff']);
const noticeable = 1.02;
const moreBytes = 1.25;
const softer = 5;

/** Whether the quarantined image is the better of two copies, and why in words and numbers; null if it is not. */
export function betterBecause(member, kept) {
  if (!member.width || !kept.width) return null;
  const ratio = (member.width * member.height) / (kept.width * kept.height);
  if (ratio >= noticeable) {
    return isSofter(member, kept) ? null : `${size(member)} against ${size(kept)}`;
  }
  if (ratio < 1 / noticeable) return null;
  if (lossless.has(format(member)) !== lossless.has(format(kept))) {
    return lossless.has(format(member)) ? `${format(member).toUpperCase()}, which loses nothing, against ${format(kept).toUpperCase()}` : null;
  }
  return format(member) === format(kept) && !lossless.has(format(member)) && member.bytes >= kept.bytes * moreBytes
    ? `less compressed, ${bytes(member.bytes)} against ${bytes(kept.bytes)}`
    : null;
}

/** What deleting these would lose; null if nothing. */
export function lossOf(cards) {
  const orphans = cards.filter(({ kept }) => kept.status === 'removed');
  if (orphans.length > 0) return `The image that was kept instead of ${named(orphans)} is gone as well: nothing would be left.`;
  const better = cards.filter((card) => card.better);
  if (better.length === 0) return null;
  return `${named(better)} ${better.length === 1 ? 'is' : 'are'} better than what was kept: ${better[0].better}. “Keep this one instead” would keep the better one.`;
}

const named = (cards) => (cards.length === 1 ? `“${nameOf(cards[0].member.path)}”` : `${cards.length} of them`);
const size = (image) => `${count(image.width)} × ${count(image.height)}`;
const format = (image) => image.format?.toLowerCase() ?? '';

/** An enlargement has more pixels and is softer. */
const isSofter = (member, kept) => member.features && kept.features && member.features.sharpness < kept.features.sharpness - softer;
