export { addressBookRestriction } from './address-book-values.ts';
export { restriction } from './property-value.ts';
export { fuzzyLevel, relationalOperator, type Restriction } from './restriction-form.ts';
