import { graphql } from '@/graphql/graphql';

export const EXPORT_TRANSCRIPTS = graphql(`
  mutation ExportTranscripts($input: ExportTranscriptsInput!) {
    exportTranscripts(input: $input) { downloadUrl fileName }
  }
`);
