import type { GradeRecord } from '../record.ts';

/**
 * Replaces what a format or the program behind it refuses: half surrogate pairs (no UTF-8), the control characters that
 * XML 1.0 forbids, and NUL, which a PostgreSQL database doesn't store. Line breaks and tabs stay.
 * @returns the text with a visible sign for each of them
 */
export const printable = (text: string): string =>
  text
    .replace(/\p{Surrogate}|[\u0080-\u009f\ufffe\uffff]/gu, '\ufffd')
    .replace(/[^\P{Cc}\t\n\r]/gu, (control) =>
      String.fromCharCode(control === '\x7f' ? 0x2421 : 0x2400 + control.charCodeAt(0)),
    );

/** @returns the record with every text {@link printable} */
export const printableRecord = (record: GradeRecord): GradeRecord =>
  JSON.parse(JSON.stringify(record), (_, value: unknown) =>
    typeof value === 'string' ? printable(value) : value,
  ) as GradeRecord;
