/** Written from `emojibase-data` when the package is built. */
declare module 'emoji:*' {
  const lines: string;
  export default lines;
}
