// Names that are not defined, or not used, mistakes that a browser notices only when the line runs; and words for people outside of the texts.
const globals = require('globals');
const { literalText } = require('./literal-text.js');

module.exports = [
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.browser },
    plugins: { page: { rules: { 'literal-text': literalText } } },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', 'no-unreachable': 'error', 'no-dupe-keys': 'error', 'page/literal-text': 'error' },
  },
  { files: ['**/texts.js', '**/texts/*.js'], rules: { 'page/literal-text': 'off' } },
];
