/** Windows' code page 1252, which Chr and Asc speak. @module */

/** The characters of the bytes 80h…FFh; what the code page leaves open is the control character of that number. */
export const UNICODE_OF_1252: readonly string[] = [
  ...("\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
    "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178"),
  ...Array.from({ length: 96 }, (_, index) => String.fromCharCode(160 + index)),
];
