import type { LinkSpan } from './links.js';

/** Between the groups of one number: a space or a hyphen, or nothing. */
const GAP = '[ -]?';

/** Chinese mobile numbers, with or without the country code. */
const MOBILE = `(?:\\+86${GAP})?1[3-9]\\d${GAP}\\d{4}${GAP}\\d{4}`;

/** Area code and number of a Chinese land line, or a service number. */
const LAND_LINE = '(?:0\\d{2,3}|400|800)-\\d{7,8}|[48]00-\\d{3}-\\d{4}';

/** North American numbers have a fixed length, so that a number written after one is not taken for a part of it. */
const NORTH_AMERICAN = `\\+1${GAP}\\(?\\d{3}\\)?[ .-]{0,2}\\d{3}[ .-]?\\d{4}`;

/** Anything else only with its plus sign: 8 to 15 digits. */
const INTERNATIONAL = '\\+[1-9](?:[ ().-]{0,2}\\d){7,14}';

/** What makes digits something else: a longer number, an amount, a word, an address. */
const NOT_AFTER = '(?<![\\p{Nd}A-Za-z_@/=%&#~$€£¥￥+*-]|[\\p{Nd}A-Za-z][.,:])';
const NOT_BEFORE = '(?![\\p{Nd}A-Za-z_@%=]|[.,:/-]\\p{Nd}|-[A-Za-z])';

/** "订单号：13912345678" */
const NOT_AN_ORDER = '(?<!(?:单号|编号|流水号|order|order no\\.?)[ :：#]{0,2})';

const NUMBER = new RegExp(
  `${NOT_AFTER}(?=[+\\d])${NOT_AN_ORDER}(?:${MOBILE}|${LAND_LINE}|${NORTH_AMERICAN}|${INTERNATIONAL})${NOT_BEFORE}`,
  'giu',
);

/**
 * Telephone numbers in a text, in the few forms that are hardly ever something else. Dates, amounts, order numbers and the
 * digits within longer runs are left alone; a number that is missed can still be copied, one that is none misleads.
 */
export function phoneLinks(text: string): LinkSpan[] {
  return [...text.matchAll(NUMBER)].map(({ 0: number, index }) => ({
    start: index,
    end: index + number.length,
    href: `tel:${number.replace(/[^+\d]/g, '')}`,
  }));
}
