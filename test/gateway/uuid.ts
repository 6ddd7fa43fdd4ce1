/** A version 4 UUID out of numbers in [0, 1). */
export function uuid(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (char) => {
    const digit = Math.floor(random() * 16);
    return (char === 'x' ? digit : (digit & 3) | 8).toString(16);
  });
}
