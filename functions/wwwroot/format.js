import { count, locale, t } from './texts.js';

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });
const shares = new Intl.NumberFormat(locale, { style: 'percent' });
const dollars = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' });
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

export { count };
export const decimal = (number, digits) => number.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
export const similarity = (cosine) => decimal(cosine, 3);
export const share = (part) => shares.format(part);
export const money = (usd) => (usd > 0 && usd < 0.01 ? t('count.lessThan', { what: dollars.format(0.01) }) : dollars.format(usd));
export const date = (text) => dates.format(new Date(text));
/** Of a month such as 2026-11. */
export const month = (text) => months.format(new Date(`${text}-01T00:00`));
export const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);
export const pixels = (image) => (image.width ? `${count(image.width)} × ${count(image.height)}` : '');

/** A time in the largest unit that leaves at least two of it. */
export function duration(seconds) {
  let value = seconds;
  for (const [unit, most, next] of [
    ['second', 120, 60],
    ['minute', 120, 60],
    ['hour', 48, 24],
  ]) {
    if (value < most) return measured(Math.round(value), unit);
    value /= next;
  }
  return measured(Math.round(value), 'day');
}

export function bytes(number) {
  let [value, at] = [number, 0];
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  const digits = at > 0 && value < 10 ? 1 : 0;
  return measured(value, units[at], {
    unitDisplay: at === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function measured(value, unit, options = { unitDisplay: 'long' }) {
  return value.toLocaleString(locale, { style: 'unit', unit, ...options });
}
