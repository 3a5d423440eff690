// What is wrong with the texts of the page: keys that a language lacks, other placeholders or forms, keys that nothing uses, and keys that are not there.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = process.argv[2];
const faults = [];
const languages = readdirSync(join(root, 'texts')).map((file) => file.replace('.js', ''));
const read = async (language) => import(pathToFileURL(join(root, 'texts', `${language}.js`)));
const english = await read('en');
const keysOf = (texts) => Object.entries(texts).flatMap(([group, entries]) => Object.keys(entries).map((name) => `${group}.${name}`));
const at = (texts, key) => key.split('.').reduce((value, part) => value?.[part], texts);
const placeholders = (text) => [...new Set(Object.values(typeof text === 'string' ? [text] : text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join();

for (const language of languages) {
  const { texts, codes } = await read(language);
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const key of keysOf(english.texts)) {
    const [text, original] = [at(texts, key), at(english.texts, key)];
    if (!text) faults.push(`${language} has no ${key}`);
    else if (placeholders(text) !== placeholders(original)) faults.push(`${language} has other placeholders in ${key}: ${placeholders(text)}`);
    else if (typeof text === 'object' && forms.some((form) => !text[form])) faults.push(`${language} has no form for each number in ${key}`);
  }
  for (const key of keysOf(texts)) if (!at(english.texts, key)) faults.push(`${language} has ${key}, English does not`);
  for (const key of keysOf(english.codes)) if (!at(codes, key)) faults.push(`${language} has no word for ${key}`);
}

const files = readdirSync(root, { recursive: true }).filter((file) => /\.(js|html)$/.test(file) && !/^texts[\\/]/.test(file));
const sources = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
const groups = Object.keys(english.texts).join('|');
const literal = new Set([...sources.matchAll(new RegExp(`['"\`]((?:${groups})\\.\\w+)['"\`]`, 'g'))].map(([, key]) => key));
const computed = new Set([...sources.matchAll(new RegExp(`\`(${groups})\\.\\$\\{`, 'g'))].map(([, group]) => group));
const isWord = (name) => new RegExp(`['"]${name}['"]|[{,]\\s*${name}:`).test(sources);
for (const key of literal) if (!at(english.texts, key)) faults.push(`${key} is used, but no text`);
for (const key of keysOf(english.texts)) {
  const [group, name] = key.split('.');
  if (!literal.has(key) && !(computed.has(group) && isWord(name))) faults.push(`${key} is used nowhere`);
}

for (const [, key, text] of readFileSync(join(root, 'index.html'), 'utf8').matchAll(/data-text="([\w.]+)">([^<]*)</g)) {
  if (at(english.texts, key) !== text) faults.push(`index.html says “${text}” for ${key}`);
}

console.error(faults.join('\n'));
process.exitCode = faults.length > 0 ? 1 : 0;
