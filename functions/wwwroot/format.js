const whole = new Intl.NumberFormat('en');
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export const count = (number) => whole.format(number);
export const many = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;
export const similarity = (cosine) => cosine.toFixed(3);
export const date = (text) => dates.format(new Date(text));
export const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);
export const pixels = (image) => (image.width ? `${count(image.width)} × ${count(image.height)}` : '');
export const money = (usd) => (usd > 0 && usd < 0.01 ? 'less than $0.01' : `$${usd.toFixed(2)}`);

/** A time in the largest unit that leaves at least two of it. */
export function duration(seconds) {
  const units = [['second', 120], ['minute', 120], ['hour', 48]];
  let value = seconds;
  for (const [unit, most] of units) {
    if (value < most) return many(Math.round(value), unit);
    value /= unit === 'hour' ? 24 : 60;
  }
  return many(Math.round(value), 'day');
}

export function bytes(number) {
  if (number < 1000) return `${number} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = number / 1000;
  while (value >= 999.5 && units.length > 1) {
    value /= 1000;
    units.shift();
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[0]}`;
}
