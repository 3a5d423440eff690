// Words for people belong in the texts of each language: children of elements, attributes that are read out, and whatever looks like a sentence.

const spoken = new Set(['title', 'alt', 'placeholder', 'aria-label', 'aria-roledescription']);
const names = new Set(['Enter', 'Escape', 'Tab', 'Files', 'AbortError']);
const hasWord = (text) => /\p{L}{2,}/u.test(text);
const isSentence = (text) => (/^\p{Lu}\p{Ll}+/u.test(text) || /\p{L}{2,}[,.]? \p{L}+[,.]? \p{L}{2,}/u.test(text)) && !/^Arrow/.test(text) && !names.has(text);

exports.literalText = {
  meta: { type: 'problem', schema: [], messages: { literal: '“{{text}}” is text for people: put it in texts/en.js and texts/de.js.' } },
  create(context) {
    const report = (node, text) => context.report({ node, messageId: 'literal', data: { text } });
    const textOf = (node) => (node?.type === 'Literal' && typeof node.value === 'string' ? node.value : node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join('…') : '');
    return {
      CallExpression({ callee, arguments: [, attributes, ...children] }) {
        if (callee.name !== 'h') return;
        for (const child of children) if (hasWord(textOf(child))) report(child, textOf(child));
        for (const { key, value } of attributes?.properties ?? []) {
          if (spoken.has(key?.value ?? key?.name) && hasWord(textOf(value))) report(value, textOf(value));
        }
      },
      'Literal, TemplateLiteral'(node) {
        const { parent } = node;
        const isName = parent.type.startsWith('Import') || parent.callee?.property?.name?.startsWith('querySelector') || ['matches', 'closest', 'evaluate'].includes(parent.callee?.property?.name)
          || (parent.type === 'Property' && (parent.key === node || ['class', 'd', 'look'].includes(parent.key.name)));
        if (!isName && isSentence(textOf(node))) report(node, textOf(node));
      },
    };
  },
};
