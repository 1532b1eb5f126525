/** `2026-11-21 05:53:04.123`, UTC: the one form of time that no server setting reads differently. @param instantMs UTC epoch ms */
export function timeText(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('T', ' ').slice(0, 23);
}
