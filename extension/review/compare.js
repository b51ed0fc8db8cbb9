// SPDX-License-Identifier: MPL-2.0
// The typed and the meant address under each other in the same columns, with what differs marked
// and what is missing shown as a gap.

import { align } from '../shared/align.js';
import { element } from './element.js';
import { isolated, say, shortened } from './words.js';

/**
 * Two that have little in common stand whole: marks all over would show nothing.
 *
 * @param {string} typed
 * @param {string} meant
 * @returns {HTMLElement[]}
 */
export function comparison(typed, meant) {
  const aligned = align(shortened(typed), shortened(meant));
  if (aligned.filter(({ same }) => same).length < aligned.length / 2) {
    return [alone(say('labelTyped'), typed), alone(say('labelMeant'), meant)];
  }
  const columns = aligned.map((column) => {
    const rows = column.same ? ['same', 'same'] : ['typed', 'meant'];
    return element('span', { class: 'column' }, [
      character(column.typed, rows[0]), character(column.meant, rows[1]),
    ]);
  });
  return [element('div', { class: 'compare' }, [
    element('p', { class: 'spoken' }, [say('spokenTyped', [shortened(typed)]), ' ', say('spokenMeant', [shortened(meant)])]),
    element('div', { class: 'labels', 'aria-hidden': 'true' }, [
      element('span', {}, [say('labelTyped')]), element('span', {}, [say('labelMeant')]),
    ]),
    element('bdi', { class: 'columns', 'aria-hidden': 'true', dir: 'ltr' }, columns),
  ])];
}

/**
 * @param {string} text one character, or none for a gap
 * @param {string} row
 */
function character(text, row) {
  const visible = text === ' ' ? '\u2423' : text;
  return element('span', { class: text === '' ? 'gap' : row }, [visible || '\u00A0']);
}

/**
 * An address, list or group that has nothing to stand against.
 *
 * @param {string} label
 * @param {string} text
 */
export function alone(label, text) {
  const shown = isolated(text);
  shown.className = 'columns';
  return element('div', { class: 'compare alone' }, [
    element('div', { class: 'labels' }, [element('span', {}, [label, ' '])]), shown,
  ]);
}
