import fc from 'fast-check';

/** What ends or opens something in one of the formats. */
const fragments = [
  ...['```', '````', '~~~', '`', '|', '\\', '<script>', '</details>', '<!--', '[x](y)', '# ', '- ', '&amp;', '**'],
  ...['https://example.com', 'www.example.com', 'a@example.com', '@someone', '=1+1', '+1', '-1', '@SUM(A1)', '\uff1d1'],
  ...['\n', '\r', '\r\n', '\t', '    ', '\u2028', '\u0085', '\0', '\x1b[31m', '\x7f', '\ud800', '\udc00', '\uffff'],
  ...['::error::', '::stop-commands::x', '##[add-mask]x', '%0A', '%25', ',', ':', ']]>', '"', "'", '&#1;', '<', '&'],
];

/** Texts that try to break out of a format, as a student's error message could. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 8 })
  .map((parts) => parts.join(''));
