import { fill } from '../dom.js';
import { empty } from '../states.js';

export function start(root) {
  fill(root, empty('Not here yet', 'This view is about to come.'));
}
