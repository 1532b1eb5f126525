import { config } from '@/config';
import { forwardDownload } from '@/download/forward';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return forwardDownload(request, config.controlUrl);
}
