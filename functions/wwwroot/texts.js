// The page's texts and the reader's language: the one chosen on the page, else the first of the browser's that there is, else English.

export const languages = { en: 'English', de: 'Deutsch' };
const remembered = 'language';

export const language = chosen();
/** For numbers and dates: the reader's own region where it speaks that language. */
export const locale = navigator.languages.find((tag) => primary(tag) === language) ?? language;

const { texts, codes } = await import(`./texts/${language}.js`);
const plurals = new Intl.PluralRules(locale);
const whole = new Intl.NumberFormat(locale);

export const count = (number) => whole.format(number);

/** The text of a key such as `page.title`, its `{names}` replaced by values. Where it has several forms, `count` chooses one. */
export const t = (key, values) => parts(key, values).join('');

/** The same as a list, for values that are elements. */
export function parts(key, values = {}) {
  const [group, name] = key.split('.');
  const text = texts[group][name];
  const form = typeof text === 'string' ? text : (text[plurals.select(values.count)] ?? text.other);
  return form.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : shown(values[part])));
}

const shown = (value) => (typeof value === 'number' ? count(value) : (value ?? ''));

/** What the API calls by a code, in words; the code itself, or `otherwise`, where there are none. */
export const word = (kind, code, otherwise = code) => codes[kind]?.[code] ?? otherwise;

/** Texts of the document itself: what stands in it is English. */
export function translate(document) {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', t(element.dataset.label));
  const style = document.documentElement.style;
  style.setProperty('--text-drop-here', JSON.stringify(t('page.dropHere')));
  style.setProperty('--text-no-preview', JSON.stringify(t('page.noPreview')));
}

/** Remembers another language, and starts the page again in it. */
export function choose(tag) {
  try {
    localStorage.setItem(remembered, tag);
  } finally {
    location.reload();
  }
}

function chosen() {
  const wanted = [];
  try {
    wanted.push(localStorage.getItem(remembered) ?? '');
  } catch {
    // The browser keeps nothing: its own languages decide.
  }
  return [...wanted, ...navigator.languages].map(primary).find((tag) => languages[tag]) ?? 'en';
}

function primary(tag) {
  return tag.split('-')[0].toLowerCase();
}
