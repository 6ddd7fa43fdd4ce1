/** What this work gives; undefined if it fails, or takes more than so many milliseconds. */
export async function inTime<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  const given = await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
  return given;
}
