/** So many characters, in UTF-16 units, may have more than 20 lines in a narrow window; fewer have them by line breaks only. */
export const MAY_BE_LONG = 300;
