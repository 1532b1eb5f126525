/** Numbers keep their digits: the text is only laid out anew when nothing is lost by it. */
export function indented(json: string): string {
  try {
    const parsed: unknown = JSON.parse(json);
    return JSON.stringify(parsed) === json.replace(/\s+/g, '') ? JSON.stringify(parsed, null, 2) : json;
  } catch {
    return json;
  }
}
