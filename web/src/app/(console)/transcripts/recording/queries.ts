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

export const RECORDING_OF_PROVIDERS = graphql(`
  query RecordingOfProviders {
    redactionDetectors { name label }
    providers(first: 200) {
      nodes {
        id name displayName recordInputs recordOutputs
        recording { retentionDays maxBodyBytes samplePer10k redactDetectors redactPatterns { name } }
      }
    }
  }
`);
