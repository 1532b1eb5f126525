import { graphql } from '@/graphql/graphql';

export const RECORDING_STATE = graphql(`
  query RecordingState {
    recordingState {
      asOf
      proxies { proxyId isReporting tellsDrops spoolBytes spoolMaxBytes waitsSince seenAt }
      dropped { reason calls firstAt lastAt }
    }
  }
`);
