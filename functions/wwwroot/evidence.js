import { language, word } from './texts.js';

/** Why a verdict was given: the app's own English sentence, which tells more, or what its rule means in the reader's language. */
export const evidenceText = ({ rule, sentence }) => (language === 'en' ? sentence : word('rule', rule, sentence));
