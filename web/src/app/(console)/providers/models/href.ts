/** Ids hold slashes and colons: each segment is encoded, the slashes stay, and the catch-all route puts them together. */
export function modelHref(provider: string, model: string): string {
  return `/providers/${provider}/models/${model.split('/').map(segment).join('/')}`;
}

/** A colon may stand in a path as it is, and every Bedrock id has one. */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':');
}

/** The id out of the route's segments, as they came. */
export function modelOfSegments(segments: readonly string[]): string {
  return segments.map(decodeURIComponent).join('/');
}
