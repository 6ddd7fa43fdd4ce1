/** Pitch in Hz, and when it begins in s. */
const TONES = [
  [659.25, 0],
  [880, 0.13],
] as const;
const LOUDNESS = 0.07;

/**
 * Plays two quiet, rising tones. Made on the spot: a file would have to be loaded, and allowed by the page's policy.
 *
 * @returns how to let go of the device that plays; also before the end
 */
export function chime(Context: typeof AudioContext): () => void {
  const context = new Context();
  for (const [frequency, delay] of TONES) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const begin = context.currentTime + delay;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.5);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + 0.5);
  }
  return () => void context.close().catch(() => {});
}
