const fc = require('fast-check');

const SURROGATES = 0xd800;
const AFTER_SURROGATES = 0xe000;
const CODE_POINTS = 0x110000 - (AFTER_SURROGATES - SURROGATES);

exports.anyCharacter = fc.nat({ max: CODE_POINTS - 1 }).map(
  (index) => String.fromCodePoint(index < SURROGATES ? index : index + AFTER_SURROGATES - SURROGATES),
  (character) => {
    const codePoint = typeof character === 'string' ? character.codePointAt(0) : undefined;
    const isOne = codePoint !== undefined && character === String.fromCodePoint(codePoint) && !(codePoint >= SURROGATES && codePoint < AFTER_SURROGATES);
    if (!isOne) throw new Error('not one character');
    return codePoint < SURROGATES ? codePoint : codePoint - (AFTER_SURROGATES - SURROGATES);
  },
);
