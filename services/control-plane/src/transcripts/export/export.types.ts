import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConversationFilter } from '../conversations.types.js';

export enum TranscriptExportForm {
  openai = 'openai',
  otel = 'otel',
}
registerEnumType(TranscriptExportForm, {
  name: 'TranscriptExportForm',
  valuesMap: {
    openai: { description: 'A line for each end of a conversation: messages as Chat Completions takes them.' },
    otel: { description: 'A line for each turn: a span with the attributes of the OpenTelemetry GenAI conventions.' },
  },
});

@InputType({ description: 'One conversation, else all that fit the filter.' })
export class ExportTranscriptsInput {
  @Field(() => TranscriptExportForm)
  form: TranscriptExportForm;

  @Field(() => ID, { nullable: true })
  conversationId?: string | null;

  @Field(() => ConversationFilter, { nullable: true })
  filter?: ConversationFilter | null;
}

@ObjectType('TranscriptExport')
export class TranscriptExportType {
  @Field(() => String, {
    description: 'Below the address of the control plane, for whoever ordered it, for ten minutes.',
  })
  downloadUrl: string;

  @Field(() => String)
  fileName: string;
}
